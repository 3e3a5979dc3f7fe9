"""The Services of IngressRoutes, HTTPProxies, VirtualServers, TrafficSplits, OpenShift Routes and Rollouts exist."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issues, View, custom_references, detector, missing


@detector
def check(view: View, ctx: Context) -> Issues:
    """The rows are in `kube/custom_routes.py`."""
    for one in custom_references(view, "Service"):
        yield from missing(ctx, one.reference, object=view.title, service=one.reference.name)

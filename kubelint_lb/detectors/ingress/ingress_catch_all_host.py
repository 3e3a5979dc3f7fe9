"""A rule without a host is for every host."""

from __future__ import annotations

from kubelint_lb.detectors.api import MERGING, Context, Ingress, Issue, Issues, detector


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """Controllers that make one load balancer an Ingress have no others to take from."""
    controller = ctx.controller(ingress)
    if controller is not None and controller in MERGING:
        path = next((path for path in ingress.paths if not path.host), None)
        if path is not None:
            yield Issue(path.place, "every-host", ingress=ingress.title, controller=controller)

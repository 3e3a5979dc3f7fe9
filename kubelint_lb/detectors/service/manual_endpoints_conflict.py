"""Endpoints of a Service with a selector are Kubernetes' own."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, View, detector


@detector
def check(service: Service, ctx: Context) -> Issues:
    """ServiceSpec.Selector (kubernetes `core/v1`), KEP-752. Exports of what Kubernetes wrote name their owner."""
    if not service.selector:
        return
    place = service.place("spec", "selector")
    for one in ctx.peers(service, "Endpoints", "EndpointSlice"):
        if one.namespace != service.namespace or _is_exported(one):
            continue
        if one.kind == "Endpoints" and one.name == service.name:
            yield Issue(place, "endpoints", service=service.title, other=one.title).related(one.manifest.name_node, "overwritten")
        elif one.kind == "EndpointSlice" and one.labels.get("kubernetes.io/service-name") == service.name:
            yield Issue(place, "slice", service=service.title, other=one.title).related(one.manifest.name_node, "used, too")


def _is_exported(view: View) -> bool:
    return view.at("metadata", "ownerReferences") is not None or view.at("metadata", "uid") is not None

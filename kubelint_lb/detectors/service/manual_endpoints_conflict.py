"""Endpoints of a Service with a selector are Kubernetes' own."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, ServiceEndpoints, View, detector


@detector
def check(service: Service, ctx: Context) -> Issues:
    """ServiceSpec.Selector (kubernetes `core/v1`), KEP-752. Exports of what Kubernetes wrote name their owner."""
    if not service.selector:
        return
    place = service.place("spec", "selector")
    for one in ctx.of(ServiceEndpoints).of_service(service):
        if one.namespace != service.namespace or _is_exported(one) or not ctx.lands_with(service, one):
            continue
        key, words = ("endpoints", "overwritten") if one.kind == "Endpoints" else ("slice", "used, too")
        yield Issue(place, key, service=service.title, other=one.title).related(one.manifest.name_node, words)


def _is_exported(view: View) -> bool:
    return view.at("metadata", "ownerReferences") is not None or view.at("metadata", "uid") is not None

"""A Service without a selector needs endpoints that somebody writes."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, compatible, detector


@detector
def check(service: Service, ctx: Context) -> Issues:
    """The docs' "Services without selectors" (kubernetes docs)."""
    if service.selector or service.external_name or not service.settled or not ctx.complete:
        return
    if service.at("spec", "selector") is not None or _has_endpoints(service, ctx):
        return
    yield Issue(service.manifest.name_node, "none", service=service.title)


def _has_endpoints(service: Service, ctx: Context) -> bool:
    slices = (one for one in ctx.unit.everywhere("EndpointSlice") if compatible(one.namespace, service.namespace))
    if any(one.labels.get("kubernetes.io/service-name") == service.name for one in slices):
        return True
    endpoints = (one for one in ctx.unit.everywhere("Endpoints") if compatible(one.namespace, service.namespace))
    return any(one.name == service.name for one in endpoints)

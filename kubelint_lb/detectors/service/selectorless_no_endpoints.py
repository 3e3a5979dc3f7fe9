"""A Service without a selector needs endpoints that somebody writes."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, ServiceEndpoints, detector


@detector
def check(service: Service, ctx: Context) -> Issues:
    """The docs' "Services without selectors" (kubernetes docs)."""
    if service.selector or service.external_name or not service.settled or not ctx.complete:
        return
    if service.at("spec", "selector") is None and not ctx.of(ServiceEndpoints).of_service(service):
        yield Issue(service.manifest.name_node, "none", service=service.title)

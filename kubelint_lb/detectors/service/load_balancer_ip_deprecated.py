"""Addresses of load balancers are the providers' business."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, name_text


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """ServiceSpec.LoadBalancerIP (kubernetes `core/v1`), deprecated since 1.24."""
    node = service.at("spec", "loadBalancerIP")
    if node is None or not name_text(node):
        return
    if service.type == "LoadBalancer":
        yield Issue(node, "deprecated", service=service.title)
    elif service.settled:
        yield Issue(node, "other-type", service=service.title, type=service.type)

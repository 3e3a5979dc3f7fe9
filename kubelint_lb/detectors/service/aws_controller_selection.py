"""On AWS one of two controllers makes a load balancer, or none."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector

_TYPE = "service.beta.kubernetes.io/aws-load-balancer-type"
_TARGET = "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type"
_TYPES = frozenset({"nlb", "nlb-ip", "external"})


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/service/service_utils.go`; cloud-provider-aws isLBExternal, isNLB."""
    node = service.annotation(_TYPE)
    if node is None or node.unknown or service.type != "LoadBalancer":
        return
    if node.text not in _TYPES:
        yield Issue(node, "unknown", service=service.title, value=node.text)
        return
    unsaid = service.lacks("metadata", "annotations", _TARGET) and service.lacks("spec", "loadBalancerClass")
    if node.text == "external" and unsaid:
        yield Issue(node, "no-target-type", service=service.title)

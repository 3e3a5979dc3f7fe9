"""On AWS one of two controllers makes a load balancer, or none."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, in_metadata, replace_node

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
        issue = Issue(node, "unknown", service=service.title, value=node.text)
        meant = node.text.lower()
        yield issue.fix(f"write {meant}", replace_node(node, meant) if meant in _TYPES else None)
        return
    unsaid = service.lacks("metadata", "annotations", _TARGET) and service.lacks("spec", "loadBalancerClass")
    if node.text == "external" and unsaid:
        issue = Issue(node, "no-target-type", service=service.title)
        yield issue.fix("send to the pods' addresses", in_metadata(service, "annotations", _TARGET, "ip"))

"""Security groups of one's own take the place of source ranges."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, items

_GROUPS = "service.beta.kubernetes.io/aws-load-balancer-security-groups"


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/service/model_build_managed_sg.go`."""
    groups = service.annotation(_GROUPS)
    ranges = items(service.at("spec", "loadBalancerSourceRanges"))
    if groups is not None and ranges and service.type == "LoadBalancer":
        issue = Issue(ranges[0], "security-groups", service=service.title)
        yield issue.related(groups, "security groups of its own")

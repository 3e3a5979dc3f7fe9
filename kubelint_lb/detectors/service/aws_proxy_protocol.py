"""The PROXY protocol on AWS: one value, and health checks that do not speak it."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector

_PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/service/model_build_target_group.go`; kubernetes/ingress-nginx#10982."""
    node = service.annotation(f"{_PREFIX}proxy-protocol")
    if node is None or node.unknown or service.type != "LoadBalancer":
        return
    target = service.annotation(f"{_PREFIX}nlb-target-type")
    if node.text != "*":
        yield Issue(node, "value", service=service.title, value=node.text or '""')
    elif target is not None and target.text == "instance" and service.external_policy == "Local":
        issue = Issue(node, "health-check", service=service.title).related(target, "nodes are the targets")
        yield issue.related(service.place("spec", "externalTrafficPolicy"), "traffic stays on its node")

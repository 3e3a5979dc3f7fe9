"""Addresses of load balancers are the providers' business."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, in_metadata, name_text, taken_out

# What takes the field's place, by how the annotations of a provider begin (cloud-provider-azure, MetalLB "Usage").
_PROVIDERS = (
    ("service.beta.kubernetes.io/azure-", "service.beta.kubernetes.io/azure-load-balancer-ipv4"),
    ("metallb.io/", "metallb.io/loadBalancerIPs"),
    ("metallb.universe.tf/", "metallb.universe.tf/loadBalancerIPs"),
)


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """ServiceSpec.LoadBalancerIP (kubernetes `core/v1`), deprecated since 1.24."""
    node = service.at("spec", "loadBalancerIP")
    if node is None or not name_text(node):
        return
    if service.type == "LoadBalancer":
        issue = Issue(node, "deprecated", service=service.title)
        name = next((said for prefix, said in _PROVIDERS if any(one.startswith(prefix) for one in service.annotations)), None)
        if name is not None:
            edits = (
                in_metadata(service, "annotations", name, name_text(node) or ""),
                taken_out(service, "spec", "loadBalancerIP"),
            )
            issue = issue.fix(f"say it by the annotation {name}", *edits)
        yield issue
    elif service.settled:
        issue = Issue(node, "other-type", service=service.title, type=service.type)
        yield issue.fix("take the field out", taken_out(service, "spec", "loadBalancerIP"))

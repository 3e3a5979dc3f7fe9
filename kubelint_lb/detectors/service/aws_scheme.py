"""Who reads the scheme of a load balancer on AWS."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, in_metadata, is_near, quoted, replace_node

_PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"
_SCHEMES = frozenset({"internal", "internet-facing"})


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/service/model_build_load_balancer.go`; cloud-provider-aws has no word for the scheme.
    Without a type the controller's webhook may give the Service a class: nothing is said then."""
    node = service.annotation(f"{_PREFIX}scheme")
    if node is None or node.unknown or service.type != "LoadBalancer":
        return
    kind = service.annotation(f"{_PREFIX}type")
    internal = service.annotation(f"{_PREFIX}internal")
    by_class = service.at("spec", "loadBalancerClass") is not None
    if node.text not in _SCHEMES:
        issue = Issue(node, "unknown", service=service.title, value=node.text)
        meant = next((one for one in sorted(_SCHEMES) if is_near(node.text.lower(), one) or node.text.lower() == one), None)
        yield issue.fix(f"write {meant}", replace_node(node, meant) if meant is not None else None)
    elif node.text == "internal" and kind is not None and kind.text == "nlb" and not by_class and internal is None:
        issue = Issue(node, "unread", service=service.title, value=node.text).related(kind, "left to the cloud provider")
        yield issue.fix(
            "say it as the cloud provider reads it", in_metadata(service, "annotations", f"{_PREFIX}internal", "true")
        )
    elif internal is not None and not internal.unknown and (internal.text == "true") != (node.text == "internal"):
        other = "internal" if internal.text == "true" else "not internal"
        issue = Issue(node, "contradiction", service=service.title, value=node.text, other=other)
        issue = issue.related(internal, "says something else")
        same = quoted("true" if node.text == "internal" else "false")
        yield issue.fix("let both say the same", replace_node(internal, same))

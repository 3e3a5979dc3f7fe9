"""Addresses on AWS have to fit the scheme and the subnets."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Scalar, Service, detector

_PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"
_LONGEST_NAME = 32
# The scheme that the addresses of a field are not for.
_NOT_FOR = (
    ("eip-allocations", "internal", "eip-internal"),
    ("private-ipv4-addresses", "internet-facing", "private-internet"),
)


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/service/model_build_load_balancer.go`."""
    if service.type != "LoadBalancer":
        return
    scheme, subnets = _known(service, "scheme"), _known(service, "subnets")
    for field, wrong, key in _NOT_FOR:
        node = _known(service, field)
        if node is None:
            continue
        if scheme is not None and scheme.text == wrong:
            yield Issue(node, key, service=service.title).related(scheme, "the scheme")
        elif subnets is not None and _count(node) != _count(subnets):
            issue = Issue(node, "lengths", service=service.title, addresses=_count(node), subnets=_count(subnets))
            yield issue.related(subnets, "the subnets")
    kind = _known(service, "ip-address-type")
    if kind is not None and kind.text not in {"ipv4", "dualstack"}:
        yield Issue(kind, "ip-address-type", service=service.title, value=kind.text)
    name = _known(service, "name")
    if name is not None and len(name.text) > _LONGEST_NAME:
        yield Issue(name, "name", service=service.title, value=name.text, length=len(name.text))


def _known(service: Service, field: str) -> Scalar | None:
    node = service.annotation(_PREFIX + field)
    return node if node is not None and not node.unknown else None


def _count(node: Scalar) -> int:
    return len([one for one in node.text.split(",") if one.strip()])

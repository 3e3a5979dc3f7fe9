"""What a load balancer of Envoy Gateway may be made of."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    LARGEST_TABLE,
    Context,
    Issue,
    Issues,
    MappingNode,
    Scalar,
    View,
    detector,
    integer,
    is_open,
    is_table_size,
    text,
)

_HASHED = "ConsistentHash"
_NO_SLOW_START = frozenset({"Random", _HASHED})


@detector
def check(view: View, _ctx: Context) -> Issues:
    """The rules of its CRD and translator (envoyproxy/gateway `api/v1alpha1/loadbalancer_types.go`, `internal/gatewayapi`)."""
    balancer = view.at("spec", "loadBalancer")
    if not isinstance(balancer, MappingNode):
        return
    kind, node = text(balancer.get("type")), balancer.get("type")
    if kind is None or node is None or is_open(kind):
        return
    hashed = balancer.get("consistentHash")
    if kind == _HASHED and hashed is None and view.lacks("spec", "loadBalancer", "consistentHash"):
        yield Issue(node, "no-hash", policy=view.title)
    if kind != _HASHED and hashed is not None:
        yield Issue(balancer.key("consistentHash") or hashed, "hash-unused", policy=view.title, type=kind).related(
            node, "the type"
        )
    slow_start = balancer.get("slowStart")
    if kind in _NO_SLOW_START and slow_start is not None:
        yield Issue(balancer.key("slowStart") or slow_start, "slow-start", policy=view.title, type=kind).related(node, "the type")
    if isinstance(hashed, MappingNode):
        yield from _hash(view, hashed)


def _hash(view: View, hashed: MappingNode) -> Issues:
    size = hashed.get("tableSize")
    number = integer(size)
    if size is not None and number is not None and not is_table_size(number):
        yield Issue(size, "table-size", policy=view.title, size=number, largest=LARGEST_TABLE)
    cookie = hashed.get("cookie")
    if text(hashed.get("type")) == "Cookie" and isinstance(cookie, MappingNode) and cookie.get("ttl") is None and view.settled:
        name = cookie.get("name")
        words = name.text if isinstance(name, Scalar) else "the cookie"
        yield Issue(hashed.key("cookie") or cookie, "cookie-without-ttl", policy=view.title, cookie=words)

"""A listener may admit only kinds of routes that its protocol carries."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Listener, ListenerHolder, detector, mappings

_GROUP = "gateway.networking.k8s.io"
_OF_PROTOCOL = {
    "HTTP": ("HTTPRoute", "GRPCRoute"),
    "HTTPS": ("HTTPRoute", "GRPCRoute"),
    "TCP": ("TCPRoute",),
    "UDP": ("UDPRoute",),
}


@detector
def check(holder: ListenerHolder, _ctx: Context) -> Issues:
    """AllowedRoutes.kinds (gateway-api `apis/v1/gateway_types.go`); conformance `GatewayInvalidRouteKind`. Kinds of other groups
    belong to implementations."""
    for listener in holder.listeners:
        carried = _carried(listener)
        entries = list(zip(mappings(listener.node.get("allowedRoutes", "kinds")), listener.allowed_kinds, strict=True))
        if not carried or not entries:
            continue
        wrong = [(node, kind) for node, kind in entries if kind.group == _GROUP and kind.kind and kind.kind not in carried]
        key = "none-left" if len(wrong) == len(entries) else "some"
        for node, kind in wrong:
            words = {"listener": listener.name, "holder": holder.title, "kind": kind.kind, "protocol": listener.protocol}
            issue = Issue(node.get("kind") or node, key, **words, carried=" and ".join(carried))
            yield issue.related(listener.node.get("protocol") or listener.place, "the protocol")


def _carried(listener: Listener) -> tuple[str, ...]:
    if listener.protocol == "TLS":
        return ("TLSRoute",) if listener.tls_mode == "Passthrough" else ("TLSRoute", "TCPRoute")
    return _OF_PROTOCOL.get(listener.protocol, ())

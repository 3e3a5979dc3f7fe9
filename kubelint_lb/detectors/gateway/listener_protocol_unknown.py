"""A listener of a protocol that no implementation knows listens to nothing."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, ListenerHolder, Scalar, detector, is_filled_in, replace_node

_CORE = ("HTTP", "HTTPS", "TLS", "TCP", "UDP")
# Istio's, for ambient waypoints.
_OTHERS = frozenset({"HBONE"})


@detector
def check(holder: ListenerHolder, _ctx: Context) -> Issues:
    """ProtocolType (gateway-api `apis/v1/gateway_types.go`): others have a domain before a slash; case counts."""
    for listener in holder.listeners:
        node = listener.node.get("protocol")
        if not isinstance(node, Scalar) or node.unknown or not listener.protocol:
            continue
        if listener.protocol in {*_CORE, *_OTHERS} or "/" in listener.protocol or is_filled_in(listener.protocol):
            continue
        words = {"listener": listener.name, "holder": holder.title, "protocol": listener.protocol}
        meant = listener.protocol.upper()
        if meant in _CORE:
            yield Issue(node, "case", **words, meant=meant).fix(f"write {meant}", replace_node(node, meant))
        else:
            yield Issue(node, "unknown", **words)

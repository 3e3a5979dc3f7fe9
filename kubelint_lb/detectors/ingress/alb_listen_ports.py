"""A load balancer listens on ports that are said."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    ALB,
    GROUP_NAME,
    Context,
    Ingress,
    Issue,
    Issues,
    detector,
    go_int,
    has_placeholder,
    read_json,
)

_PORTS = "alb.ingress.kubernetes.io/listen-ports"
_REDIRECT = "alb.ingress.kubernetes.io/ssl-redirect"
_HIGHEST = 65535


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/ingress/model_build_listener.go` (computeIngressListenPorts). Another member of the
    group may have the port that is redirected to."""
    node = ingress.annotation(_PORTS)
    if ctx.controller(ingress) != ALB or node is None or has_placeholder(node.text) or not node.text:
        return
    ports = _listeners(node.text)
    if not ports:
        yield Issue(node, "invalid", ingress=ingress.title, value=node.text)
        return
    numbers = [port for _, port in ports]
    twice = next((port for port in numbers if numbers.count(port) > 1), None)
    if twice is not None:
        yield Issue(node, "twice", ingress=ingress.title, port=twice)
    redirect = ingress.annotation(_REDIRECT)
    port = go_int(redirect.text) if redirect is not None else None
    if redirect is not None and port is not None and ("https", port) not in ports and GROUP_NAME not in ingress.annotations:
        shown = ", ".join(f"{protocol.upper()} {number}" for protocol, number in ports)
        yield Issue(redirect, "redirect", ingress=ingress.title, port=port, ports=shown).related(node, "where it listens")


def _listeners(text: str) -> list[tuple[str, int]]:
    """Protocols in small letters and ports; empty where the list is none."""
    data = read_json(text)
    entries = data if isinstance(data, list) and all(isinstance(one, dict) for one in data) else []
    pairs = [(protocol, port) for entry in entries for protocol, port in entry.items()]
    fits = all(protocol in {"http", "https"} and type(port) is int and 0 < port <= _HIGHEST for protocol, port in pairs)
    return pairs if fits else []

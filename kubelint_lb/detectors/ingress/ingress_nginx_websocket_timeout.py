"""A WebSocket needs time."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, ServicePort, detector, name_text, nginx, stands_for

_TIMES = ("proxy-read-timeout", "proxy-send-timeout")
_DEFAULT = 60
_KEEPING = {"proxy-http-version": "1.0", "connection-proxy-header": ""}


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `rootfs/etc/nginx/template/nginx.tmpl` (proxy_read_timeout, the Connection header). Said once an Ingress."""
    annotations = nginx(ingress, ctx)
    for route, backend in ingress.routes if annotations.present else ():
        services = ctx.services(backend.reference)
        ports = [port for service in services for port in backend.ports_of(service)[:1]]
        if not ports or not all(_streams(port, ctx) for port in ports):
            continue
        words = {"ingress": ingress.title, "route": route, "service": services[0].title, "port": backend.port_text}
        place = ports[0].node.get("appProtocol") or ports[0].at("name")
        for name, value in _KEEPING.items():
            node, said = annotations.node(name), annotations.known(name)
            if node is not None and said and value in {"", said}:
                yield Issue(node, "no-upgrade", name=name, value=said, **words).related(place, "a port for WebSockets")
                return
        for name in _TIMES:
            seconds = annotations.number(name) if annotations.node(name) is not None else _DEFAULT
            if seconds is not None and seconds < ctx.number("min-stream-timeout"):
                at = annotations.node(name) or backend.port_node
                yield Issue(at, "short", name=name, seconds=seconds, **words).related(place, "a port for WebSockets")
                return


def _streams(port: ServicePort, ctx: Context) -> bool:
    if name_text(port.node.get("appProtocol")) in {"kubernetes.io/ws", "kubernetes.io/wss"}:
        return True
    return any(stands_for(one, port.name) for one in ctx.words("stream-port-names"))

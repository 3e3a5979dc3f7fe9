"""The host is chosen before the path."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    CONTOUR,
    HAPROXY_INGRESS,
    HAPROXY_TECH,
    NGINX,
    NGINX_INC,
    Context,
    HostsBelow,
    Ingress,
    Issue,
    Issues,
    detector,
)

_BY_HOST = frozenset({NGINX, NGINX_INC, HAPROXY_INGRESS, HAPROXY_TECH, CONTOUR})


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """nginx "Server names"; Envoy route configuration, virtual hosts."""
    if ctx.controller(ingress) not in _BY_HOST:
        return
    for path in ingress.paths:
        for other in ctx.of(HostsBelow).below(path.host) if path.host.startswith("*.") else ():
            if ctx.lands_with(ingress, other.ingress) and ctx.controller(other.ingress) in _BY_HOST and not other.serves(path):
                words = {"wildcard": path.host, "host": other.host, "path": path.path or "/", "route": path.route}
                yield Issue(path.place, "split", ingress=ingress.title, **words).related(other.place, "a host of its own")
                return

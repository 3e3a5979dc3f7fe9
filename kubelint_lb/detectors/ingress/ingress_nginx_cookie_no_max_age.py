"""A cookie should end some time."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `rootfs/etc/nginx/lua/balancer/sticky.lua` (set_cookie); RFC 6265 5.2.2."""
    annotations = nginx(ingress, ctx)
    affinity = annotations.node("affinity")
    if affinity is None or annotations.known("affinity") != "cookie":
        return
    node, age = annotations.node("session-cookie-max-age"), annotations.number("session-cookie-max-age")
    if node is None and annotations.node("session-cookie-expires") is None:
        yield Issue(affinity, "session", ingress=ingress.title)
    elif node is not None and age is not None and age <= 0:
        yield Issue(node, "deleted", ingress=ingress.title, value=age)
    elif node is not None and age is not None and age > ctx.number("max-session-seconds"):
        yield Issue(node, "long", ingress=ingress.title, value=age, limit=ctx.number("max-session-seconds"))

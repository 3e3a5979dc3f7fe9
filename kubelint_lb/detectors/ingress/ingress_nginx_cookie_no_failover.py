"""A client should get away from a pod that fails."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `rootfs/etc/nginx/lua/balancer/sticky.lua` (balance)."""
    annotations = nginx(ingress, ctx)
    node = annotations.node("affinity")
    if node is None or annotations.known("affinity") != "cookie":
        return
    if annotations.flag("session-cookie-change-on-failure") is False:
        yield Issue(node, "stays", ingress=ingress.title)

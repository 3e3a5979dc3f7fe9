"""A cookie wins over a hash."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `rootfs/etc/nginx/lua/balancer.lua` (get_implementation)."""
    annotations = nginx(ingress, ctx)
    node = annotations.node("upstream-hash-by")
    if node is not None and node.text and annotations.known("affinity") == "cookie":
        issue = Issue(node, "ignored", ingress=ingress.title, value=node.text)
        yield issue.related(annotations.node("affinity") or node, "the cookie")

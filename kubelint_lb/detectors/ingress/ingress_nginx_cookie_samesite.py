"""SameSite=None needs Secure."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, has_tls, is_open, nginx


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `rootfs/etc/nginx/lua/balancer/sticky.lua` (set_cookie): Secure on the scheme https."""
    annotations = nginx(ingress, ctx)
    node = annotations.node("session-cookie-samesite")
    if node is None or annotations.known("affinity") != "cookie":
        return
    value = annotations.known("session-cookie-samesite")
    if value.lower() == "none" and value != "None" and annotations.flag("session-cookie-conditional-samesite-none") is True:
        yield Issue(node, "spelling", ingress=ingress.title, value=value)
    if value.lower() != "none" or annotations.flag("session-cookie-secure") is not False:
        return
    for host, place in ingress.host_nodes.items():
        if not is_open(host) and not has_tls(host, ingress, ctx):
            yield Issue(node, "insecure", ingress=ingress.title, host=host).related(place, "a host without TLS")
            return

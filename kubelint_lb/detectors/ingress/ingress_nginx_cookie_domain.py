"""A cookie is for one's own domain."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, is_open, nginx


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """RFC 6265 5.1.3, 5.3; ingress-nginx `rootfs/etc/nginx/lua/balancer/sticky.lua`."""
    annotations = nginx(ingress, ctx)
    node = annotations.node("session-cookie-domain")
    domain = annotations.known("session-cookie-domain").lstrip(".").lower()
    if node is None or not domain or annotations.known("affinity") != "cookie":
        return
    for host, place in ingress.host_nodes.items():
        name = host.lower().removeprefix("*.")
        if not is_open(host) and name != domain and not name.endswith(f".{domain}") and "$" not in domain:
            yield Issue(node, "foreign", ingress=ingress.title, value=node.text, host=host).related(place, "the host")
            return

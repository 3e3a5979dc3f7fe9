"""A hash of a constant is a constant."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx, replace_node

_VARIABLES = frozenset({"request_uri", "binary_remote_addr", "remote_addr", "host", "uri", "http_x_forwarded_for"})


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/annotations/upstreamhashby/main.go`; `rootfs/etc/nginx/lua/balancer/chash.lua`."""
    annotations = nginx(ingress, ctx)
    node = annotations.node("upstream-hash-by")
    if node is None:
        return
    value = annotations.known("upstream-hash-by")
    if value and "$" not in value:
        issue = Issue(node, "constant", ingress=ingress.title, value=value)
        yield issue.fix(f"write ${value}", replace_node(node, f'"${value}"')) if value in _VARIABLES else issue
    size = annotations.node("upstream-hash-by-subset-size")
    number = annotations.number("upstream-hash-by-subset-size")
    if size is not None and number is not None and number < 0:
        yield Issue(size, "subset-size", ingress=ingress.title, value=number)

"""The controller knows a few ways of balancing."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx, replace_node

_MEANT = {"least_conn": "ewma", "least-conn": "ewma", "round-robin": "round_robin", "roundrobin": "round_robin"}


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/annotations/loadbalancing/main.go`; `rootfs/etc/nginx/lua/balancer.lua`."""
    annotations = nginx(ingress, ctx)
    node = annotations.node("load-balance")
    value = annotations.known("load-balance")
    row = annotations.row("load-balance")
    if node is None or row is None or not value:
        return
    words = {"ingress": ingress.title, "value": value}
    by = "affinity" if annotations.known("affinity") else "upstream-hash-by" if annotations.known("upstream-hash-by") else ""
    if value not in row.allowed:
        issue = Issue(node, "unknown", known=", ".join(row.allowed), **words)
        meant = _MEANT.get(value)
        yield issue if meant is None else issue.fix(f"write {meant}", replace_node(node, meant))
    elif by:
        place = annotations.node(by)
        issue = Issue(node, "overridden", by=by, **words)
        yield issue if place is None else issue.related(place, "what holds")
    elif value.startswith("chash") and annotations.node("upstream-hash-by") is None:
        yield Issue(node, "no-key", needs="upstream-hash-by", **words)
    elif value.startswith("sticky") and annotations.node("affinity") is None:
        yield Issue(node, "no-key", needs="affinity: cookie", **words)

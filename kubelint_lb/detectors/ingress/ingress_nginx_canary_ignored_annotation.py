"""A canary has few annotations of its own."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx

_LEAKING = ("auth-tls-", "proxy-ssl-")


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (mergeAlternativeBackends, createServers);
    `effective_on_canary_ingress` in `controllers/nginx/annotations.json`. Of each kind the first is said."""
    annotations = nginx(ingress, ctx)
    if annotations.flag("canary") is not True:
        return
    said: set[str] = set()
    for suffix in annotations.suffixes:
        node, row = annotations.node(suffix), annotations.row(suffix)
        key = "leaks" if suffix.startswith(_LEAKING) else "ignored"
        if node is None or row is None or row.removed or suffix.startswith("canary"):
            continue
        if key not in said and not (key == "ignored" and row.on_canary):
            said.add(key)
            yield Issue(node, key, ingress=ingress.title, name=suffix)

"""Some annotations name a Secret with its namespace."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx, replace_node

_EFFECTS = {"auth-tls-secret": "the whole host is answered with 403", "proxy-ssl-secret": "its paths are answered with 503"}


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/annotations/authtls/main.go`, `proxyssl/main.go`; `internal/k8s/main.go` (ParseNameNS)."""
    annotations = nginx(ingress, ctx)
    for suffix, effect in _EFFECTS.items():
        node, value = annotations.node(suffix), annotations.known(suffix)
        if node is None or not value:
            continue
        parts = value.split("/")
        words = {"ingress": ingress.title, "name": suffix, "value": value, "effect": effect}
        if len(parts) != 2 or not all(parts):
            issue = Issue(node, "no-namespace", **words)
            own = f"{ingress.namespace}/{value}" if len(parts) == 1 and ingress.namespace else ""
            yield issue.fix(f"write {own}", replace_node(node, own)) if own else issue
        elif ingress.namespace is not None and parts[0] != ingress.namespace:
            yield Issue(node, "other-namespace", **words)

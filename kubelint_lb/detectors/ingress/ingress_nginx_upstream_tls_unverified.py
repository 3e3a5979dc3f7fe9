"""TLS without a look at the certificate proves nothing."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/annotations/proxyssl/main.go`: verification is off by default."""
    annotations = nginx(ingress, ctx)
    node = annotations.node("backend-protocol")
    if node is None or annotations.known("backend-protocol").upper() not in {"HTTPS", "GRPCS"}:
        return
    if annotations.node("proxy-ssl-secret") is None or annotations.known("proxy-ssl-verify") == "off":
        yield Issue(node, "unverified", ingress=ingress.title)

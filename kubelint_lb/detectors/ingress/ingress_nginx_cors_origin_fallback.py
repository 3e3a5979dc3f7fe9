"""Where an origin cannot be read, all are allowed."""

from __future__ import annotations

from kubelint_lb.detectors.api import NGINX, Context, Ingress, Issue, Issues, detector, go_bool, nginx, wanted


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/annotations/cors/main.go`; Fetch standard 3.2.5 for credentials with `*`."""
    annotations = nginx(ingress, ctx)
    if annotations.flag("enable-cors") is not True or annotations.flag("canary") is not False:
        return
    node, origin = annotations.node("cors-allow-origin"), annotations.known("cors-allow-origin")
    row = annotations.row("cors-allow-origin")
    if node is not None and row is not None and wanted(NGINX, row, origin) is not None:
        yield Issue(node, "invalid", ingress=ingress.title, value=origin)
        return
    refuses = go_bool(annotations.known("cors-allow-credentials")) is False or annotations.unknown("cors-allow-credentials")
    place = node or annotations.node("enable-cors")
    if place is not None and not refuses and (node is None or origin.strip() == "*"):
        yield Issue(place, "any", ingress=ingress.title, origin=origin or "not set")

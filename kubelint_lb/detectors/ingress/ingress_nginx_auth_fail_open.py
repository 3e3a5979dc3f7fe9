"""A slip in one annotation turns all of external authentication off."""

from __future__ import annotations

from kubelint_lb.detectors.api import NGINX, Context, Effect, Ingress, Issue, Issues, detector, nginx, wanted

_GROUP = ("auth-always-set-cookie", "auth-cache-duration", "auth-request-redirect")


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/annotations/authreq/main.go` (Parse returns a plain error), `annotations.go` (Extract
    drops the group). Read from the code."""
    annotations = nginx(ingress, ctx)
    if not annotations.known("auth-url"):
        return
    for suffix in _GROUP:
        node, value = annotations.node(suffix), annotations.known(suffix)
        row = annotations.row(suffix)
        if node is None or row is None or row.effect is not Effect.UNPROTECTED or wanted(NGINX, row, value) is None:
            continue
        route = ingress.paths[0].route if ingress.paths else "its requests"
        issue = Issue(node, "open", ingress=ingress.title, name=suffix, value=value, route=route)
        yield issue.related(annotations.node("auth-url") or node, "the authentication")

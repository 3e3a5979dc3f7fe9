"""A canary and its primary belong to one namespace."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx, primaries, surely_differ


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (mergeAlternativeBackends)."""
    if nginx(ingress, ctx).flag("canary") is not True:
        return
    for path in ingress.paths:
        found = list(primaries(ingress, path, ctx))
        if found and all(surely_differ(primary.namespace, ingress.namespace) for primary, _ in found):
            primary, theirs = found[0]
            words = {"primary": primary.title, "route": path.route, "namespace": primary.namespace or ""}
            yield Issue(path.place, "other-namespace", ingress=ingress.title, **words).related(theirs.place, "the primary's path")
            return

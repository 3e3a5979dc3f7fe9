"""A canary and its primary belong to one namespace."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Canary,
    Context,
    Ingress,
    Issue,
    Issues,
    detector,
    nginx,
    same_class,
    surely_differ,
    surely_same,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (mergeAlternativeBackends)."""
    if nginx(ingress, ctx).flag("canary") is not True:
        return
    for path in ingress.paths:
        primaries = [
            (primary, one)
            for primary in ctx.ingresses_at(path)
            if Canary(primary).enabled is False and same_class(ingress, primary, ctx)
            for one in primary.paths
            if surely_same(one, path)
        ]
        if primaries and all(surely_differ(primary.namespace, ingress.namespace) for primary, _ in primaries):
            primary, theirs = primaries[0]
            words = {"primary": primary.title, "route": path.route, "namespace": primary.namespace or ""}
            yield Issue(path.place, "other-namespace", ingress=ingress.title, **words).related(theirs.place, "the primary's path")
            return

"""A primary has one canary."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Canary,
    Context,
    Ingress,
    IngressPath,
    Issue,
    Issues,
    detector,
    nginx,
    primaries,
    same_class,
    surely_same,
    upstream,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `rootfs/etc/nginx/lua/balancer.lua` ("TODO: support traffic shaping for n > 1"). Said once, at the canary
    that is read later; which one is asked depends on when they were made."""
    annotations = nginx(ingress, ctx)
    node = annotations.node("canary")
    if node is None or annotations.flag("canary") is not True:
        return
    for path in ingress.paths:
        around = [one for one in ctx.ingresses_at(path) if one is not ingress and same_class(ingress, one, ctx)]
        primary = next((one for one, _ in primaries(ingress, path, ctx)), None)
        for other in around:
            theirs = _has(other, path) if other.is_before(ingress) and Canary(other).enabled is True else None
            if theirs is None or theirs.backend is None or path.backend is None or primary is None:
                continue
            if upstream(theirs.backend) != upstream(path.backend):
                words = {"primary": primary.title, "route": path.route, "other": other.title}
                yield Issue(node, "second", ingress=ingress.title, **words).related(theirs.place, "the other canary")
                return


def _has(ingress: Ingress, path: IngressPath) -> IngressPath | None:
    return next((one for one in ingress.paths if surely_same(one, path)), None)

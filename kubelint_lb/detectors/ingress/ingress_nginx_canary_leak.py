"""The canary of one path is the canary of every path with the same upstream."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Canary,
    Context,
    Ingress,
    Issue,
    Issues,
    NginxUpstreams,
    detector,
    nginx,
    same_class,
    surely_same,
    upstream,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (mergeAlternativeBackend), `lua/balancer.lua`."""
    annotations = nginx(ingress, ctx)
    if annotations.flag("canary") is not True or Canary(ingress).owned or ctx.knows_ingress(ingress.name, ingress.namespace):
        return
    own = {path.location for path in ingress.paths}
    for path in ingress.paths:
        for primary in ctx.ingresses_at(path):
            theirs = next((one for one in primary.paths if surely_same(one, path)), None)
            if theirs is None or theirs.backend is None or path.backend is None or Canary(primary).enabled is not False:
                continue
            if not same_class(ingress, primary, ctx) or not primary.settled:
                continue
            for other, leaking in ctx.of(NginxUpstreams).paths_of(upstream(theirs.backend)):
                if leaking.location in own or Canary(other).enabled is not False or not same_class(ingress, other, ctx):
                    continue
                if other is primary and ctx.flag("ignore-same-ingress"):
                    continue
                words = {"service": theirs.backend.reference.name, "own": path.route, "route": leaking.route}
                issue = Issue(path.backend.reference.node, "other-path", ingress=ingress.title, other=other.title, **words)
                yield issue.related(leaking.place, "a path with the same Service")
                return

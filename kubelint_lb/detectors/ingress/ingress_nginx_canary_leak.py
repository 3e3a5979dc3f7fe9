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
    hand_made_canary,
    primaries,
    same_class,
    upstream,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (mergeAlternativeBackend), `lua/balancer.lua`."""
    if hand_made_canary(ingress, ctx) is None:
        return
    own = {path.location for path in ingress.paths}
    for path in ingress.paths:
        for primary, theirs in primaries(ingress, path, ctx):
            if theirs.backend is None or path.backend is None or not primary.settled:
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

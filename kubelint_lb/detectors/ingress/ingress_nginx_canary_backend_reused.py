"""The Service of a canary is nobody's primary."""

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
    upstream,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (createUpstreams, NoServer). The primary of the same path is
    ingress-nginx-canary-same-backend's."""
    annotations = nginx(ingress, ctx)
    if annotations.flag("canary") is not True:
        return
    own = {(path.host, path.path) for path in ingress.paths}
    for path in ingress.paths:
        if path.backend is None:
            continue
        for other, rival in ctx.of(NginxUpstreams).paths_of(upstream(path.backend)):
            if other is ingress or (rival.host, rival.path) in own or Canary(other).enabled is not False:
                continue
            if same_class(ingress, other, ctx) and other.settled:
                words = {"service": path.backend.reference.name, "other": other.title, "route": rival.route}
                issue = Issue(path.backend.reference.node, "reused", ingress=ingress.title, **words)
                yield issue.related(rival.place, "a primary path to it")
                return

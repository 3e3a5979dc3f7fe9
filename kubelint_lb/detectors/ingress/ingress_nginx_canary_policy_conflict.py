"""One upstream has one canary policy."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Canary,
    Context,
    Ingress,
    Issue,
    Issues,
    NginxAnnotations,
    NginxUpstreams,
    detector,
    nginx,
    same_class,
    upstream,
)

_POLICY = ("canary-weight", "canary-weight-total", "canary-by-header", "canary-by-header-value", "canary-by-cookie")


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (createUpstreams). Said at the one that is read later."""
    annotations = nginx(ingress, ctx)
    if annotations.flag("canary") is not True:
        return
    for path in ingress.paths:
        for other, _ in ctx.of(NginxUpstreams).paths_of(upstream(path.backend)) if path.backend is not None else ():
            if other is ingress or not other.is_before(ingress) or Canary(other).enabled is not True:
                continue
            if not same_class(ingress, other, ctx) or not other.settled:
                continue
            theirs = NginxAnnotations(other)
            for suffix in _POLICY:
                mine, its = annotations.known(suffix) or "", theirs.known(suffix) or ""
                node = annotations.node(suffix) or annotations.node("canary")
                if mine != its and node is not None and path.backend is not None:
                    words = {"annotation": suffix, "value": mine or "unset", "theirs": its or "unset"}
                    service = path.backend.reference.name
                    issue = Issue(node, "differs", ingress=ingress.title, other=other.title, service=service, **words)
                    yield issue.related(theirs.node(suffix) or other.manifest.name_node, "the other policy")
                    return

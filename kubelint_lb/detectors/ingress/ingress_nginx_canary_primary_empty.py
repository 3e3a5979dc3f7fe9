"""A canary needs its primary's pods."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Ingress,
    IngressBackend,
    Issue,
    Issues,
    detector,
    hand_made_canary,
    primaries,
    without_pods,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `rootfs/etc/nginx/lua/balancer.lua` (get_balancer)."""
    canary = hand_made_canary(ingress, ctx)
    if canary is None:
        return
    node = canary.node("canary-weight")
    if node is not None and canary.weight and canary.weight == canary.total:
        yield Issue(node, "whole", ingress=ingress.title)
    for path in ingress.paths:
        for primary, theirs in primaries(ingress, path, ctx):
            if theirs.backend is None or path.backend is None:
                continue
            if primary.settled and primary.namespace == ingress.namespace:
                yield from _empty(ingress, path.backend, primary, theirs.backend, ctx)


def _empty(ingress: Ingress, backend: IngressBackend, primary: Ingress, theirs: IngressBackend, ctx: Context) -> Issues:
    for service in ctx.services(theirs.reference)[:1]:
        if (found := without_pods(service, ctx)) is not None:
            workload, replicas = found
            words = {"primary": primary.title, "service": service.name, "workload": workload.title}
            issue = Issue(backend.reference.node, "no-pods", ingress=ingress.title, **words)
            yield issue.related(theirs.reference.node, "the primary's Service").related(replicas.node, "no replicas")

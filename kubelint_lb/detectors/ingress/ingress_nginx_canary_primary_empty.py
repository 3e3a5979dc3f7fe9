"""A canary needs its primary's pods."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Canary,
    Context,
    Ingress,
    IngressBackend,
    Issue,
    Issues,
    detector,
    nginx,
    same_class,
    sole_workload,
    surely_same,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `rootfs/etc/nginx/lua/balancer.lua` (get_balancer)."""
    annotations = nginx(ingress, ctx)
    canary = Canary(ingress)
    if annotations.flag("canary") is not True or canary.owned or ctx.knows_ingress(ingress.name, ingress.namespace):
        return
    node = annotations.node("canary-weight")
    if node is not None and canary.weight and canary.weight == canary.total:
        yield Issue(node, "whole", ingress=ingress.title)
    for path in ingress.paths:
        for primary in ctx.ingresses_at(path):
            theirs = next((one for one in primary.paths if surely_same(one, path)), None)
            if theirs is None or theirs.backend is None or path.backend is None or Canary(primary).enabled is not False:
                continue
            if same_class(ingress, primary, ctx) and primary.settled and primary.namespace == ingress.namespace:
                yield from _empty(ingress, path.backend, primary, theirs.backend, ctx)


def _empty(ingress: Ingress, backend: IngressBackend, primary: Ingress, theirs: IngressBackend, ctx: Context) -> Issues:
    for service in ctx.services(theirs.reference)[:1]:
        workload = sole_workload(ctx.select(service))
        replicas = ctx.replicas(workload) if workload is not None and workload.settled else None
        if workload is not None and replicas is not None and replicas.known and replicas.high == 0:
            words = {"primary": primary.title, "service": service.name, "workload": workload.title}
            issue = Issue(backend.reference.node, "no-pods", ingress=ingress.title, **words)
            yield issue.related(theirs.reference.node, "the primary's Service").related(replicas.node, "no replicas")

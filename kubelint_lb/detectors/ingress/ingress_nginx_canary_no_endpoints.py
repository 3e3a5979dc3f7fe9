"""A canary without pods is passed over."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Canary,
    Context,
    Ingress,
    Issue,
    Issues,
    detector,
    nginx,
    sole_workload,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `rootfs/etc/nginx/lua/balancer.lua` (route_to_alternative_balancer)."""
    annotations = nginx(ingress, ctx)
    canary = Canary(ingress)
    if annotations.flag("canary") is not True or canary.owned or not (canary.weight or canary.has_request_rule):
        return
    if ctx.knows_ingress(ingress.name, ingress.namespace):
        return
    for backend in ingress.backends:
        for service in ctx.services(backend.reference)[:1]:
            workload = sole_workload(ctx.select(service))
            if workload is None or not workload.settled:
                continue
            replicas = ctx.replicas(workload)
            if replicas.known and replicas.high == 0:
                issue = Issue(
                    backend.reference.node, "no-pods", ingress=ingress.title, service=service.name, workload=workload.title
                )
                yield issue.related(replicas.node, "no replicas")

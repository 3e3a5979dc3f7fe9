"""A canary without pods is passed over."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, hand_made_canary, without_pods


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `rootfs/etc/nginx/lua/balancer.lua` (route_to_alternative_balancer)."""
    canary = hand_made_canary(ingress, ctx)
    if canary is None or not (canary.weight or canary.has_request_rule):
        return
    for backend in ingress.backends:
        for service in ctx.services(backend.reference)[:1]:
            if (found := without_pods(service, ctx)) is not None:
                workload, replicas = found
                words = {"service": service.name, "workload": workload.title}
                issue = Issue(backend.reference.node, "no-pods", ingress=ingress.title, **words)
                yield issue.related(replicas.node, "no replicas")

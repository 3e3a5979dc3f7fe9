"""Node ports have no health check."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, serving


@detector
def check(service: Service, ctx: Context) -> Issues:
    """kubernetes `pkg/registry/core/service/storage/alloc.go` NeedsHealthCheck: type LoadBalancer alone."""
    if service.type != "NodePort" or service.external_policy != "Local":
        return
    groups = serving(ctx.select(service))
    if groups and not any(one.per_node for group in groups for one in group):
        workload = groups[0][0]
        if ctx.replicas(workload).high > 1 or len(groups) > 1 or workload.kind == "Deployment":
            words = {"service": service.title, "workload": workload.title}
            issue = Issue(service.place("spec", "externalTrafficPolicy"), "node-port", **words)
            yield issue.related(workload.manifest.name_node, "its pods are on some nodes")

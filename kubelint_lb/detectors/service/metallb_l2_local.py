"""An address that one node announces is served by the pods of one node."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, sole_workload


@detector
def check(service: Service, ctx: Context) -> Issues:
    """MetalLB "Usage", Traffic policies, Layer2."""
    if service.type != "LoadBalancer" or service.external_policy != "Local" or not service.settled:
        return
    announcements = list(ctx.all("L2Advertisement"))
    if not announcements or ctx.has("BGPAdvertisement") or service.lacks("spec", "loadBalancerClass") is not True:
        return
    workload = sole_workload(ctx.select(service))
    if workload is None:
        return
    replicas = ctx.replicas(workload)
    if replicas.known and replicas.high > 1 and not workload.per_node:
        place = service.place("spec", "externalTrafficPolicy")
        issue = Issue(place, "one-leader", service=service.title, workload=workload.title)
        yield issue.related(announcements[0].manifest.name_node, "announced by layer 2")

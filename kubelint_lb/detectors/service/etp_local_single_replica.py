"""A Local external policy with one pod leaves one node that answers."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, reaches_pods, single_pod


@detector
def check(service: Service, ctx: Context) -> Issues:
    """When the pod moves, the old node drops packets until health checks, ARP or BGP notice (metallb#2561)."""
    if not service.is_exposed or service.external_policy != "Local":
        return
    if reaches_pods(service) or ctx.flag("single-node"):
        return
    workload = single_pod(service, ctx.select(service), ctx.replicas)
    if workload is not None:
        yield Issue(
            service.place("spec", "externalTrafficPolicy"),
            "single-replica",
            service=service.title,
            workload=workload.title,
        ).related(ctx.replicas(workload).node, "one pod")

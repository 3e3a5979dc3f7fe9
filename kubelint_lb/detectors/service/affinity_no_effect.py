"""ClientIP affinity needs a virtual IP with more than one pod behind it."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, idle_affinity, single_pod, sticks


@detector
def check(service: Service, ctx: Context) -> Issues:
    """kube-proxy keeps a client at its pod; without kube-proxy in the way, or with one pod, nothing is kept."""
    if not sticks(service):
        return
    place = service.place("spec", "sessionAffinity")
    selection = ctx.select(service)
    match idle_affinity(service, selection, ctx.replicas):
        case "headless":
            address = service.at("spec", "clusterIP") or service.place("spec", "clusterIPs")
            yield Issue(place, "headless", service=service.title).related(address, "no virtual IP")
        case "external-name":
            yield Issue(place, "external-name", service=service.title).related(
                service.place("spec", "type"), "a DNS alias, no virtual IP"
            )
        case "single-pod":
            workload = single_pod(service, selection, ctx.replicas)
            if workload is not None:
                yield Issue(place, "single-pod", service=service.title, workload=workload.title).related(
                    ctx.replicas(workload).node, "one pod"
                )

"""ClientIP affinity needs a virtual IP with more than one pod behind it."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, idle_affinity, single_pod, sticks, taken_out


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
            yield _dropped(service, Issue(place, "headless", service=service.title).related(address, "no virtual IP"))
        case "external-name":
            issue = Issue(place, "external-name", service=service.title)
            yield _dropped(service, issue.related(service.place("spec", "type"), "a DNS alias, no virtual IP"))
        case "single-pod":
            workload = single_pod(service, selection, ctx.replicas)
            if workload is not None:
                yield Issue(place, "single-pod", service=service.title, workload=workload.title).related(
                    ctx.replicas(workload).node, "one pod"
                )


def _dropped(service: Service, issue: Issue) -> Issue:
    """The issue with the affinity, and what configures it, taken out."""
    fields = [name for name in ("sessionAffinity", "sessionAffinityConfig") if service.at("spec", name) is not None]
    return issue.fix("remove the affinity", *(taken_out(service, "spec", name) for name in fields))

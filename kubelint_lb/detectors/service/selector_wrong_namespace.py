"""A Service selects pods of its own namespace only."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Nearness, Service, State, detector, may_move


@detector
def check(service: Service, ctx: Context) -> Issues:
    """Labels match, namespaces do not: the Service stays without endpoints."""
    selection = ctx.select(service)
    near = selection.near
    if selection.state is not State.MISSING or near is None or near.why is not Nearness.NAMESPACE:
        return
    workload = near.workload
    if ctx.knows_service(service.name, service.namespace):
        return
    if any(may_move(ctx.unit.layout, manifest) for manifest in (service.manifest, workload.manifest)):
        return
    yield Issue(
        service.place("metadata", "namespace"),
        "other-namespace",
        service=service.title,
        workload=workload.title,
        namespace=workload.namespace or "",
        own=service.namespace or "",
    ).related(workload.place("metadata", "namespace"), "the pods with these labels are here")

"""A Local internal policy needs a pod on every node that has clients."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, Workload, detector, on_every_node, serving, taken_out


@detector
def check(service: Service, ctx: Context) -> Issues:
    """Packets of clients on a node without a pod are dropped, not refused: the client hangs."""
    if service.internal_policy != "Local" or service.headless:
        return
    groups = serving(ctx.select(service))
    workload = ctx.once(id(groups), lambda: _missing(groups, ctx))
    if workload is not None:
        yield _issue(service, workload).fix("send to pods of all nodes", taken_out(service, "spec", "internalTrafficPolicy"))


def _missing(groups: tuple[tuple[Workload, ...], ...], ctx: Context) -> Workload | None:
    """The workload to point at where no pod is on every node: one that could be, else the first."""
    workloads = [workload for group in groups for workload in group]
    if not workloads or any(on_every_node(workload) or ctx.has_companions(workload) for workload in workloads):
        return None
    return next((workload for workload in workloads if workload.per_node), workloads[0])


def _issue(service: Service, workload: Workload) -> Issue:
    place = service.place("spec", "internalTrafficPolicy")
    key = "some-nodes" if workload.per_node else "not-per-node"
    words = {"service": service.title, "workload": workload.title, "kind": workload.kind}
    kind = workload.node.get("kind") or workload.manifest.name_node
    if not workload.per_node:
        return Issue(place, key, **words).related(kind, "runs on some nodes only")
    spec = workload.template.spec if workload.template is not None else None
    restriction = spec and (spec.get("nodeSelector") or spec.get("affinity", "nodeAffinity"))
    return Issue(place, key, **words).related(restriction or kind, "keeps its pods to some nodes")

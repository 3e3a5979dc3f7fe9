"""Pods that serve should not all be evicted at once."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Workload, compatible, detector, label_selector


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """PodDisruptionBudget (kubernetes `policy/v1`)."""
    replicas = ctx.replicas(workload)
    if not workload.settled or not replicas.known or replicas.low < 2:
        return
    front = ctx.outside(workload)
    if front is None or ctx.budgets_of(workload):
        return
    others = (one for other in ctx.unit.cluster.beside(ctx.unit) for one in other.all("PodDisruptionBudget"))
    selectors = (label_selector(one.at("spec", "selector")) for one in others if compatible(one.namespace, workload.namespace))
    if any(one is None or one.matches(workload.pod_labels) is not False for one in selectors):
        return
    yield Issue(replicas.node, "no-budget", workload=workload.title, replicas=replicas.low).related(*front)

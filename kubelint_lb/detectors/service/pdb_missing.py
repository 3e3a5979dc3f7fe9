"""Pods that serve should not all be evicted at once."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Workload, compatible, detector


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """PodDisruptionBudget (kubernetes `policy/v1`)."""
    replicas = ctx.replicas(workload)
    if not workload.settled or not replicas.known or replicas.low < 2:
        return
    front = ctx.outside(workload)
    budgets = (one for one in ctx.unit.everywhere("PodDisruptionBudget") if compatible(one.namespace, workload.namespace))
    if front is None or any(workload in ctx.budgeted(one) or not one.settled for one in budgets):
        return
    yield Issue(replicas.node, "no-budget", workload=workload.title, replicas=replicas.low).related(*front)

"""A budget has to leave a pod that may go."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Scalar, View, Workload, detector, replace_node, scaled


@detector
def check(budget: View, ctx: Context) -> Issues:
    """kubernetes `pkg/controller/disruption`: percentages are rounded up, of the replicas that the workload wants."""
    most = budget.at("spec", "maxUnavailable")
    if isinstance(most, Scalar) and not most.unknown and most.text in {"0", "0%"}:
        issue = Issue(most, "none-unavailable", budget=budget.title, value=most.text)
        yield issue.fix("let one pod go", replace_node(most, "1"))
        return
    least = budget.at("spec", "minAvailable")
    if not isinstance(least, Scalar) or least.unknown:
        return
    workloads = ctx.budgeted(budget)
    if len(workloads) == 1 and not workloads[0].per_node:
        yield from _issue(budget, least, workloads[0], ctx)


def _issue(budget: View, least: Scalar, workload: Workload, ctx: Context) -> Issues:
    replicas = ctx.replicas(workload)
    needed = scaled(least, replicas.low, up=True)
    # One pod that has to stay is chosen often enough, where a single pod is all there is to be.
    if not replicas.known or needed is None or replicas.low < 1 or needed < replicas.low or workload.kind in {"Pod", "Job"}:
        return
    words = {"budget": budget.title, "value": least.text, "workload": workload.title}
    issue = Issue(least, "all-available", replicas=replicas.low, needed=needed, **words)
    yield issue.related(replicas.node, "how many there are")

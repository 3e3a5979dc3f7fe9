"""A pod has one budget."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, View, detector


@detector
def check(budget: View, ctx: Context) -> Issues:
    """kubernetes `pkg/registry/core/pod/storage/eviction.go`: more than one budget is an error. Reported at the one that is read
    second."""
    mine = ctx.budgeted(budget)
    for other in ctx.peers(budget, "PodDisruptionBudget"):
        if other.namespace != budget.namespace or not _is_before(other, budget):
            continue
        shared = next((one for one in ctx.budgeted(other) if any(one is workload for workload in mine)), None)
        if shared is not None:
            issue = Issue(budget.place("spec", "selector"), "two", budget=budget.title, other=other.title, workload=shared.title)
            issue = issue.related(other.place("spec", "selector"), "the other budget")
            yield issue.related(shared.manifest.name_node, "the pods of both")
            return


def _is_before(one: View, budget: View) -> bool:
    return (one.manifest.path, one.node.span) < (budget.manifest.path, budget.node.span)

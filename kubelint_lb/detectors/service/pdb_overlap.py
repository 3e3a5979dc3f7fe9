"""A pod has one budget."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, View, detector


@detector
def check(budget: View, ctx: Context) -> Issues:
    """kubernetes `pkg/registry/core/pod/storage/eviction.go`: more than one budget is an error. Reported at the one that is read
    second."""
    for workload in ctx.budgeted(budget):
        for other in ctx.budgets_of(workload):
            if other is budget:
                break
            if other.namespace == budget.namespace and ctx.lands_with(budget, other):
                words = {"budget": budget.title, "other": other.title, "workload": workload.title}
                issue = Issue(budget.place("spec", "selector"), "two", **words)
                issue = issue.related(other.place("spec", "selector"), "the other budget")
                yield issue.related(workload.manifest.name_node, "the pods of both")
                return

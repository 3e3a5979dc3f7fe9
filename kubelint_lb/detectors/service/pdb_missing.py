"""Pods that serve should not all be evicted at once."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    TextEdit,
    Workload,
    compatible,
    detector,
    document_after,
    label_selector,
    own_labels,
    put_in,
    written_text,
)


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
    issue = Issue(replicas.node, "no-budget", workload=workload.title, replicas=replicas.low).related(*front)
    yield issue.fix("add a budget", _budget(workload))


def _budget(workload: Workload) -> TextEdit | None:
    """A budget of one pod at a time, after the workload in its file."""
    labels = own_labels(workload)
    if not labels or not workload.name:
        return None
    namespace = (f"  namespace: {workload.namespace}",) if workload.at("metadata", "namespace") is not None else ()
    lines = (
        "apiVersion: policy/v1",
        "kind: PodDisruptionBudget",
        "metadata:",
        f"  name: {written_text(workload.name)}",
        *namespace,
        "spec:",
        "  maxUnavailable: 1",
        "  selector:",
        f"    matchLabels: {labels}",
    )
    return put_in(document_after(workload.node.document, lines))

"""What spreads the pods of a workload has to count them."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    AntiAffinityTerm,
    Context,
    Issue,
    Issues,
    LabelSelector,
    SpreadConstraint,
    Workload,
    detector,
    own_labels,
    with_entry,
)


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """TopologySpreadConstraint.LabelSelector, PodAffinityTerm.LabelSelector (kubernetes `core/v1`). To keep away from the pods of
    others is a purpose, too: theirs are then here, or there is another term for its own."""
    template = workload.template
    if template is None or not workload.settled or ctx.replicas(workload).high < 2:
        return
    if any(one.external_policy == "Local" for one in ctx.services_of(workload)):
        return  # which has a rule of its own for spreading
    found: list[tuple[SpreadConstraint | AntiAffinityTerm, str]] = [(one, "constraint") for one in template.spread_constraints]
    found += [(one, "anti-affinity") for one in template.anti_affinity]
    if any(one.counts(template.labels) is not False for one, _ in found):
        return
    for one, key in found:
        if one.selector is not None and one.selector.pairs and not _is_for_others(one.selector, workload, ctx):
            words = {"topology": one.topology_key} if key == "constraint" else {}
            issue = Issue(one.node.get("labelSelector") or one.node, key, workload=workload.title, **words)
            issue = issue.related(template.labels_node(), "its own labels")
            labels = own_labels(workload)
            edit = with_entry(one.node.get("labelSelector"), "matchLabels", labels) if labels else None
            yield issue.fix("count the pods that the workload selects", edit)


def _is_for_others(selector: LabelSelector, workload: Workload, ctx: Context) -> bool:
    """Some other pods have these labels, or none that is known shares a word with its own."""
    others = (one for one in ctx.unit.everywhere("Workload") if isinstance(one, Workload) and one is not workload)
    if any(selector.matches(one.pod_labels) is not False for one in others):
        return True
    return not set(selector.pairs) & set(workload.pod_labels)

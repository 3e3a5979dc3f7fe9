"""A pod belongs to one workload."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Workload, detector, label_selector


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """kubernetes docs "Deployments", Selector: controllers whose selectors overlap fight. A hash of the template keeps apart the
    ReplicaSets of one Deployment, not those of two. Reported at the one that is read second."""
    selector = label_selector(workload.at("spec", "selector"))
    if selector is None or not workload.settled or not workload.name:
        return
    for other in ctx.pods_with(selector):
        same = (other.kind, other.namespace) == (workload.kind, workload.namespace)
        if not same or not other.is_before(workload) or not ctx.lands_with(workload, other):
            continue
        theirs = label_selector(other.at("spec", "selector"))
        claims = selector.matches(other.pod_labels), theirs.matches(workload.pod_labels) if theirs is not None else False
        if claims == (True, True) and other.settled:
            shown = ", ".join(f"{key}={value}" for key, value in selector.pairs.items())
            issue = Issue(workload.place("spec", "selector"), "two", workload=workload.title, other=other.title, selector=shown)
            yield issue.related(other.place("spec", "selector"), "the same pods")
            return

"""Pods that serve should not all be on one node."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Spread, Workload, detector, spread_over_nodes, spreading


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """KEP-1258: the cluster's default constraints are soft. Of externalTrafficPolicy Local another rule speaks."""
    replicas = ctx.replicas(workload)
    template = workload.template
    if template is None or not workload.settled or not replicas.known or replicas.low < 2:
        return
    front = ctx.outside(workload)
    if front is None or any(one.external_policy == "Local" for one in ctx.services_of(workload)):
        return
    if spreading(template, replicas.low).spread is Spread.NONE:
        issue = Issue(replicas.node, "no-spread", workload=workload.title, replicas=replicas.low).related(*front)
        yield issue.fix("spread the pods over nodes", spread_over_nodes(workload, required=False))

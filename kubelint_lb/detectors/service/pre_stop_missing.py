"""Pods that serve should wait a moment before they end."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Workload, detector, pause_before_end


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """The docs' "Pods and Endpoint Termination Flow" (kubernetes docs); aws-load-balancer-controller#1064."""
    template = workload.template
    if template is None or not workload.settled:
        return
    serving = [one for one in template.containers if one.serving]
    front = ctx.outside(workload)
    if front is None or not serving or any(one.pre_stop is not None for one in serving):
        return
    container = serving[0]
    place = container.node.get("name") or container.node
    issue = Issue(place, "no-pause", container=container.name, workload=workload.title).related(*front)
    yield issue.fix("sleep before the end", pause_before_end(container, ctx.kubernetes))

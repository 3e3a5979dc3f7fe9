"""A pod should not end before its load balancer has let go of it."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Service,
    attributes,
    detector,
    grace_seconds,
    sleep_before_end,
    sole_workload,
    targets_pods,
)

_ATTRIBUTES = "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes"


@detector
def check(service: Service, ctx: Context) -> Issues:
    """aws-load-balancer-controller "Service annotations", Target group attributes; the default delay of AWS is not held against
    anybody."""
    if not targets_pods(service) or not service.settled:
        return
    workload = sole_workload(ctx.select(service))
    if workload is None or workload.template is None or not workload.settled:
        return
    template = workload.template
    needed = ctx.number("propagation-seconds")
    for container in template.containers:
        place, seconds = sleep_before_end(container)
        if place is not None and seconds is not None and seconds < needed:
            issue = Issue(place, "pause", seconds=seconds, needed=needed, service=service.title, workload=workload.title)
            yield issue.related(service.manifest.name_node, "its load balancer sends to pods")
    node = service.annotation(_ATTRIBUTES)
    delay = attributes(node.text).get("deregistration_delay.timeout_seconds", "") if node is not None else ""
    written, grace = grace_seconds(template)
    if node is not None and delay.isdecimal() and grace is not None and int(delay) > grace:
        issue = Issue(node, "deregistration", delay=int(delay), grace=grace, service=service.title, workload=workload.title)
        yield issue.related(written or workload.manifest.name_node, "the grace period")

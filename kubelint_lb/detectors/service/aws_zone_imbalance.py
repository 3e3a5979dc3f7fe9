"""What is shared by zone needs pods in each."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Service,
    attributes,
    detector,
    is_nlb_of_controller,
    over_zones,
    sole_workload,
)

_PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"


@detector
def check(service: Service, ctx: Context) -> Issues:
    """aws-load-balancer-controller "Service annotations": `load_balancing.cross_zone.enabled` is false where it is not set."""
    if not is_nlb_of_controller(service) or not service.settled or _crosses(service):
        return
    workload = sole_workload(ctx.select(service))
    if workload is None:
        return
    if workload.per_node or not workload.settled or workload.template is None or ctx.replicas(workload).high < 2:
        return
    if not over_zones(workload.template):
        issue = Issue(service.manifest.name_node, "zones", service=service.title, workload=workload.title)
        yield issue.related(workload.manifest.name_node, "its pods")


def _crosses(service: Service) -> bool:
    """On, or not to be told: an attribute with a placeholder."""
    said = service.annotation(f"{_PREFIX}attributes")
    legacy = service.annotation(f"{_PREFIX}cross-zone-load-balancing-enabled")
    if any(node is not None and node.unknown for node in (said, legacy)):
        return True
    on = attributes(said.text).get("load_balancing.cross_zone.enabled") if said is not None else None
    return "true" in {on, legacy.text if legacy is not None else None}

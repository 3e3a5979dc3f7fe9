"""What is shared by zone needs pods in each."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Service,
    TextEdit,
    attributes,
    detector,
    in_metadata,
    is_nlb_of_controller,
    over_zones,
    quoted,
    replace_node,
    sole_workload,
)

_PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"
_CROSSING = "load_balancing.cross_zone.enabled=true"


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
        issue = issue.related(workload.manifest.name_node, "its pods")
        yield issue.fix("send to the pods of all zones", _crossing(service))


def _crossing(service: Service) -> TextEdit | None:
    said = service.annotation(f"{_PREFIX}attributes")
    if said is None:
        return in_metadata(service, "annotations", f"{_PREFIX}attributes", _CROSSING)
    others = [one for one in said.text.split(",") if one.strip() and one.partition("=")[0].strip() != _CROSSING.partition("=")[0]]
    return replace_node(said, quoted(",".join((*others, _CROSSING))))


def _crosses(service: Service) -> bool:
    """On, or not to be told: an attribute with a placeholder."""
    said = service.annotation(f"{_PREFIX}attributes")
    legacy = service.annotation(f"{_PREFIX}cross-zone-load-balancing-enabled")
    if any(node is not None and node.unknown for node in (said, legacy)):
        return True
    on = attributes(said.text).get("load_balancing.cross_zone.enabled") if said is not None else None
    return "true" in {on, legacy.text if legacy is not None else None}

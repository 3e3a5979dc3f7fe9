"""What is to stay near needs pods that are near."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    ZONE_KEY,
    Context,
    Issue,
    Issues,
    Service,
    detector,
    over_zones,
    sole_workload,
    spread_over,
    text,
)


@detector
def check(service: Service, ctx: Context) -> Issues:
    """The docs' "Traffic distribution", Considerations (kubernetes docs "Virtual IPs and Service Proxies")."""
    node = service.at("spec", "trafficDistribution")
    workload = sole_workload(ctx.select(service))
    if node is None or workload is None:
        return
    if workload.per_node or not workload.settled or workload.template is None or ctx.replicas(workload).high < 2:
        return
    key = "nodes" if text(node) == "PreferSameNode" else "zones" if text(node) in {"PreferSameZone", "PreferClose"} else ""
    if key == "nodes" or (key == "zones" and not over_zones(workload.template)):
        issue = Issue(node, key, service=service.title, workload=workload.title)
        issue = issue.related(workload.manifest.name_node, "its pods")
        spread = spread_over(workload, ZONE_KEY, required=False) if key == "zones" else None
        yield issue.fix("spread the pods over zones", spread)

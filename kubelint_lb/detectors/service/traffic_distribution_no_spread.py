"""What is to stay near needs pods that are near."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, Workload, detector, serving, text

_ZONE = "topology.kubernetes.io/zone"


@detector
def check(service: Service, ctx: Context) -> Issues:
    """The docs' "Traffic distribution", Considerations (kubernetes docs "Virtual IPs and Service Proxies")."""
    node = service.at("spec", "trafficDistribution")
    groups = serving(ctx.select(service))
    if node is None or len(groups) != 1 or len(groups[0]) != 1:
        return
    workload = groups[0][0]
    if workload.per_node or not workload.settled or workload.template is None or ctx.replicas(workload).high < 2:
        return
    key = "nodes" if text(node) == "PreferSameNode" else "zones" if text(node) in {"PreferSameZone", "PreferClose"} else ""
    if key == "nodes" or (key == "zones" and not _over_zones(workload)):
        issue = Issue(node, key, service=service.title, workload=workload.title)
        yield issue.related(workload.manifest.name_node, "its pods")


def _over_zones(workload: Workload) -> bool:
    template = workload.template
    if template is None:
        return True
    labels = template.labels
    constraints = (one.counts(labels) for one in template.spread_constraints if one.topology_key == _ZONE)
    terms = (one.counts(labels) for one in template.anti_affinity if one.topology_key == _ZONE)
    return any(answer is not False for answer in (*constraints, *terms))

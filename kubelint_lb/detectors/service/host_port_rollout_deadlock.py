"""A port of a node is one pod's, and a rollout may need two."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Workload, detector, name_text, text, with_entry

_HOSTNAME = "kubernetes.io/hostname"


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """ContainerPort.HostPort (kubernetes `core/v1`); maxUnavailable is rounded down, and maxSurge up."""
    template = workload.template
    replicas = ctx.replicas(workload)
    if template is None or template.spec is None or not workload.settled or not replicas.known or replicas.high != 1:
        return
    port = next((one for one in template.ports if one.host_port), None)
    node = name_text(template.spec.get("nodeSelector", _HOSTNAME)) or name_text(template.spec.get("nodeName"))
    if port is None or not node or text(workload.at("spec", "strategy", "type")) == "Recreate":
        return
    most = workload.at("spec", "strategy", "rollingUpdate", "maxUnavailable")
    # 25 % by default, which is none of one.
    if most is None or name_text(most) in {"0", "0%", "25%"}:
        words = {"workload": workload.title, "port": str(port.host_port), "where": f"node {node}"}
        issue = Issue(port.node.get("hostPort") or port.node, "no-room", **words)
        place = template.spec.get("nodeSelector", _HOSTNAME) or template.spec.get("nodeName")
        issue = issue.related(place, "one node") if place is not None else issue
        yield issue.fix("end the old pod before the new one starts", with_entry(workload.spec, "strategy", "{type: Recreate}"))

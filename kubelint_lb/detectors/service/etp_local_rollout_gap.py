"""While a node's pod is replaced, its traffic is lost."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, Workload, detector, integer, pause_before_end, serving


@detector
def check(service: Service, ctx: Context) -> Issues:
    """KEP-1669; kubernetes#50977: pods that end and are still ready are the fallback, where they wait."""
    if service.type != "LoadBalancer" or service.external_policy != "Local":
        return
    place = service.place("spec", "externalTrafficPolicy")
    for workload in (group[0] for group in serving(ctx.select(service)) if len(group) == 1):
        words = {"service": service.title, "workload": workload.title}
        if not workload.settled or workload.template is None:
            continue
        containers = [one for one in workload.template.containers if one.serving]
        if not any(one.pre_stop is not None for one in containers):
            issue = Issue(place, "no-pre-stop", **words).related(workload.manifest.name_node, "ends without a pause")
            pause = pause_before_end(containers[0], ctx.kubernetes) if containers else None
            yield issue.fix("sleep before the end", pause)
            return
        if workload.per_node and not _surges(workload):
            yield Issue(place, "no-surge", **words).related(workload.manifest.name_node, "one pod a node")
            return


def _surges(workload: Workload) -> bool:
    strategy = workload.known("spec", "updateStrategy", "type")
    surge = workload.at("spec", "updateStrategy", "rollingUpdate", "maxSurge")
    bound = workload.template is not None and workload.template.cannot_share_node
    return strategy == "OnDelete" or bound or (surge is not None and integer(surge) != 0)

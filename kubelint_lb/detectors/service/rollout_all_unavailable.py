"""A rollout should leave pods that serve."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Scalar, Workload, detector, mappings, scaled, text


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """DeploymentStrategy (kubernetes `apps/v1`); `pkg/controller/deployment/util` ResolveFenceposts. Where there is one pod
    anyway, and where a volume or a port of the node is for one pod, there is no other way."""
    replicas = ctx.replicas(workload)
    front = ctx.outside(workload)
    if front is None or not workload.settled or not replicas.known or replicas.low < 2 or _is_bound(workload):
        return
    strategy = workload.at("spec", "strategy", "type")
    words = {"workload": workload.title}
    if strategy is not None and text(strategy) == "Recreate":
        yield Issue(strategy, "recreate", **words).related(*front)
        return
    surge = scaled(workload.at("spec", "strategy", "rollingUpdate", "maxSurge"), replicas.low, up=True)
    most = workload.at("spec", "strategy", "rollingUpdate", "maxUnavailable")
    count = scaled(most, replicas.low, up=False)
    if most is not None and surge == 0 and count is not None and count >= replicas.low and isinstance(most, Scalar):
        issue = Issue(most, "all", count=min(count, replicas.low), replicas=replicas.low, value=most.text, **words)
        yield issue.related(replicas.node, "how many there are")


def _is_bound(workload: Workload) -> bool:
    """A volume or a port that one pod alone can have."""
    template = workload.template
    if template is None or template.spec is None or template.cannot_share_node:
        return True
    return any(one.get("persistentVolumeClaim") is not None for one in mappings(template.spec.get("volumes")))

"""An autoscaler should leave more than one pod, and have something to scale."""

from __future__ import annotations

from kubelint_lb.detectors.api import KINDS, Autoscaler, Context, Issue, Issues, Workload, detector, integer


@detector
def check(autoscaler: Autoscaler, ctx: Context) -> Issues:
    """HorizontalPodAutoscalerSpec.MinReplicas (kubernetes `autoscaling/v2`): 1 by default."""
    if not autoscaler.settled:
        return
    low, high = autoscaler.at("spec", "minReplicas"), autoscaler.at("spec", "maxReplicas")
    fewest = 1 if low is None else integer(low)
    if fewest is not None and fewest == integer(high) and high is not None:
        yield Issue(high, "fixed", autoscaler=autoscaler.title, replicas=fewest)
    elif fewest == 1:
        for workload in _targets(autoscaler, ctx):
            front = ctx.outside(workload)
            if front is not None:
                place = low or autoscaler.manifest.name_node
                yield Issue(place, "one", autoscaler=autoscaler.title, workload=workload.title).related(*front)
                return


def _targets(autoscaler: Autoscaler, ctx: Context) -> list[Workload]:
    kind = KINDS.get(autoscaler.target_kind)
    found = ctx.unit.named(kind, autoscaler.target_name) if kind is not None else []
    workloads = (ctx.unit.view(one) for one in found)
    return [one for one in workloads if isinstance(one, Workload) and ctx.autoscaler(one) is autoscaler]

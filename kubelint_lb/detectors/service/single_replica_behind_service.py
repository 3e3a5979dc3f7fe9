"""One pod is no crowd."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Workload, detector


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """DeploymentSpec.Replicas (kubernetes `apps/v1`): 1 by default."""
    replicas = ctx.replicas(workload)
    front = ctx.outside(workload)
    if front is not None and replicas.known and replicas.high == 1 and workload.settled:
        place = workload.at("spec", "replicas") or workload.manifest.name_node
        yield Issue(place, "one", workload=workload.title).related(*front)

"""One pod is no crowd."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    MappingNode,
    TextEdit,
    Workload,
    detector,
    first_line,
    put_in,
    replace_node,
)


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """DeploymentSpec.Replicas (kubernetes `apps/v1`): 1 by default."""
    replicas = ctx.replicas(workload)
    front = ctx.outside(workload)
    if front is not None and replicas.known and replicas.high == 1 and workload.settled:
        place = workload.at("spec", "replicas") or workload.manifest.name_node
        issue = Issue(place, "one", workload=workload.title).related(*front)
        yield issue.fix("run two pods", _two(workload))


def _two(workload: Workload) -> TextEdit | None:
    written, spec = workload.at("spec", "replicas"), workload.at("spec")
    if written is not None:
        return replace_node(written, "2")
    return put_in(first_line(spec, "replicas: 2")) if isinstance(spec, MappingNode) else None

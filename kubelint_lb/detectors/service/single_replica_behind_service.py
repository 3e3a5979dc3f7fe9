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
    mappings,
    text,
    with_entry,
)


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """DeploymentSpec.Replicas (kubernetes `apps/v1`): 1 by default."""
    replicas = ctx.replicas(workload)
    front = ctx.outside(workload)
    if front is not None and replicas.known and replicas.high == 1 and workload.settled:
        place = workload.at("spec", "replicas") or workload.manifest.name_node
        issue = Issue(place, "one", workload=workload.title).related(*front)
        yield issue.fix("run two pods", _two(workload) if ctx.autoscaler(workload) is None else None)


def _two(workload: Workload) -> TextEdit | None:
    """None for pods that seem to be alone on purpose: with a volume of their own, or ended before the next one starts."""
    spec, template = workload.at("spec"), workload.template
    if workload.kind != "Deployment" or template is None or template.spec is None or not isinstance(spec, MappingNode):
        return None
    claims = any(one.key("persistentVolumeClaim") is not None for one in mappings(template.spec.get("volumes")))
    if claims or text(workload.at("spec", "strategy", "type")) == "Recreate":
        return None
    return with_entry(spec, "replicas", "2")

"""What an autoscaler scales has no number of replicas of its own."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Workload, detector, integer, items, mappings, taken_out, text


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """The docs' "Migrating Deployments and StatefulSets to horizontal autoscaling". 0 switches a workload off on purpose."""
    node = workload.at("spec", "replicas")
    replicas = integer(node)
    autoscaler = ctx.autoscaler(workload)
    if node is None or not replicas or autoscaler is None or _is_ignored(workload, ctx):
        return
    if ctx.whole or ctx.lands_with(workload, autoscaler):
        issue = Issue(node, "fixed", workload=workload.title, replicas=replicas, autoscaler=autoscaler.title)
        issue = issue.related(autoscaler.at("spec", "scaleTargetRef", "name") or autoscaler.manifest.name_node, "the autoscaler")
        yield issue.fix("leave the number to the autoscaler", taken_out(workload, "spec", "replicas"))


def _is_ignored(workload: Workload, ctx: Context) -> bool:
    """Some Application of Argo CD leaves the field to others."""
    for one in ctx.unit.everywhere("Application", "ApplicationSet"):
        path = ("spec", "template", "spec") if one.kind == "ApplicationSet" else ("spec",)
        for entry in mappings(one.at(*path, "ignoreDifferences")):
            pointers = [*items(entry.get("jsonPointers")), *items(entry.get("jqPathExpressions"))]
            if text(entry.get("kind")) == workload.kind and any("replicas" in (text(pointer) or "") for pointer in pointers):
                return True
    return False

"""A Pod by itself is looked after by nobody."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, serving


@detector
def check(service: Service, ctx: Context) -> Issues:
    """The docs' "Pods" (kubernetes docs): use a controller. An export of a controller's Pod names its owner."""
    groups = serving(ctx.select(service))
    pods = [one for group in groups for one in group]
    if not pods or any(one.kind != "Pod" or one.at("metadata", "ownerReferences") is not None for one in pods):
        return
    issue = Issue(service.place("spec", "selector"), "bare", service=service.title, pod=pods[0].title)
    yield issue.related(pods[0].manifest.name_node, "belongs to no workload")

"""A Pod by itself is looked after by nobody."""

from __future__ import annotations

from itertools import chain

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, serving


@detector
def check(service: Service, ctx: Context) -> Issues:
    """The docs' "Pods" (kubernetes docs): use a controller. An export of a controller's Pod names its owner."""
    groups = serving(ctx.select(service))
    if groups and not any(one.kind != "Pod" or one.at("metadata", "ownerReferences") is not None for one in chain(*groups)):
        pod = groups[0][0]
        issue = Issue(service.place("spec", "selector"), "bare", service=service.title, pod=pod.title)
        yield issue.related(pod.manifest.name_node, "belongs to no workload")

"""Without traffic routing, a Rollout's stable Service selects the stable pods alone."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, View, custom_references, detector


@detector
def check(view: View, ctx: Context) -> Issues:
    """argo-rollouts `rollout/service.go` (reconcileStableAndCanaryService); reported as argoproj/argo-rollouts#1760."""
    node = view.at("spec", "strategy", "canary", "canaryService")
    if node is None or not view.settled or view.at("spec", "strategy", "canary", "trafficRouting") is not None:
        return
    if view.at("spec", "strategy", "canary", "steps") is None:
        return
    stable = view.at("spec", "strategy", "canary", "stableService")
    names = {one.reference.node: ctx.services(one.reference) for one in custom_references(view, "Service")}
    canary_fronts = [front for service in names.get(node, ()) for front in ctx.fronts(service)]
    for service in names.get(stable, ()) if stable is not None and not canary_fronts else ():
        for front in ctx.fronts(service):
            issue = Issue(node, "stable-only", rollout=view.title, front=front.view.title, service=service.name)
            yield issue.related(front.reference.node, "all of it goes to the stable Service")
            return

"""A route without a parent gets no requests."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, detector


@detector
def check(route: Route, ctx: Context) -> Issues:
    """CommonRouteSpec.ParentRefs (gateway-api `apis/v1/shared_types.go`). Somebody else may attach routes that none of a tree
    names a parent for (a patch at deployment, a parent that delegates to them); among others with parents one was forgotten."""
    if not route.lacks("spec", "parentRefs") or not route.lacks("spec", "useDefaultGateways"):
        return
    others = [one for one in (ctx.all("Route") if ctx.complete else ctx.peers(route, "Route")) if isinstance(one, Route)]
    attached = [one for one in others if one.parents]
    if (attached or ctx.complete) and not any(_delegates(one) for one in others):
        yield Issue(route.manifest.name_node, "no-parent", route=route.title)


def _delegates(route: Route) -> bool:
    """Its backends are routes (kgateway: by name, or by labels with a kind of its own)."""
    return any(not one.is_specified for rule in route.rules for one in rule.backend_refs)

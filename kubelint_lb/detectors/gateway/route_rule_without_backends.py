"""A rule needs a backend or a filter that answers; with neither, every request it takes fails while the status is green."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, RouteRule, detector, empty_backends, text

# Filters that leave the answer to a backend. An ExtensionRef, or a type of an implementation's own, may answer itself.
_PASSING = frozenset({"RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "URLRewrite", "CORS", "ExternalAuth"})


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """Points at the empty list, at the rule's first key, or at `spec` where an HTTPRoute has no rules at all."""
    if not route.settled or not any(parent.is_listener_holder for parent in route.parents):
        return
    if route.kind == "HTTPRoute" and route.at("spec", "rules") is None:
        yield Issue(route.place("spec", "rules"), "no-rules", route=route.title)
    for rule in route.rules:
        node = empty_backends(rule)
        if node is None or _may_answer(rule):
            continue
        yield Issue(node, "no-calls" if route.kind == "GRPCRoute" else "no-backends", rule=rule.title)


def _may_answer(rule: RouteRule) -> bool:
    return any(text(entry.get("type")) not in _PASSING for entry in rule.filters)

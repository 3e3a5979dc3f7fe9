"""A weight beside nothing says nothing: the only backend gets everything."""

from __future__ import annotations

from collections import Counter

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, cut, detector, lines_of_entry, matches_of

# What the API server fills in, what drains the backend (another rule's), and what says "all of it".
_USUAL = frozenset({0, 1, 100})


@detector
def check(route: Route, ctx: Context) -> Issues:
    """BackendRef.weight (gateway-api `apis/v1/object_reference_types.go`) is a proportion among the backends of a rule."""
    if not route.settled:
        return
    takers = Counter(key for rule in route.rules for key in {match.key for match in matches_of(rule)})
    for rule in route.rules:
        if len(rule.backend_refs) != 1 or ctx.manages_rule(rule):
            continue
        # Where another rule takes the same requests, `route-rule-unreachable` says what becomes of the weights.
        if any(takers[match.key] > 1 for match in matches_of(rule)):
            continue
        (backend,) = rule.backend_refs
        if backend.weight_node is not None and backend.weight is not None and backend.weight not in _USUAL:
            issue = Issue(backend.weight_node, "alone", backend=backend.name, rule=rule.title, weight=backend.weight)
            yield issue.fix("remove the weight", cut(lines_of_entry(backend.node, "weight")))

"""A rule whose weights are all zero sends its traffic nowhere; it never falls back to an even split."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, RouteRule, detector, split_of, text

_ANSWERING = frozenset({"RequestRedirect", "ExtensionRef"})


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Points at the first weight of each list that holds nothing but zeros."""
    for rule in route.rules:
        split = split_of(rule)
        if split is None or split.total or _answers_itself(rule) or ctx.manages_rule(rule):
            continue
        first, *others = split.weight_nodes
        if not others:
            yield Issue(first, "only-backend", backend=split.labels[0], rule=rule.title, traffic=route.traffic)
            continue
        issue = Issue(first, "all-zero", rule=rule.title, traffic=route.traffic)
        for node, label in zip(others, split.labels[1:], strict=True):
            issue = issue.related(node, f"{label} gets nothing either")
        yield issue


def _answers_itself(rule: RouteRule) -> bool:
    return any(text(entry.get("type")) in _ANSWERING for entry in rule.filters)

"""Of identical matches in one route the first rule takes every request; list order decides nothing else."""

from __future__ import annotations

from collections.abc import Hashable

from kubelint_lb.detectors.api import Context, Issue, Issues, Match, Route, RouteRule, cut, detector, lines_of_item, matches_of

_Seen = dict[Hashable, tuple[RouteRule, Match]]


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """Points at the match that an earlier rule has already taken."""
    seen: _Seen = {}
    for rule in route.rules:
        matches = matches_of(rule)
        taken = [(match, *seen[match.key]) for match in matches if _is_taken(match, seen)]
        if taken and len(taken) == len(matches):
            yield _dead_rule(rule, taken)
        elif any(earlier.action != rule.action for _, earlier, _ in taken):
            for match, earlier, first in taken:
                issue = Issue(match.node, "match-taken", number=match.number, rule=rule.title, earlier=earlier.index + 1)
                yield issue.related(first.node, "this match takes the requests")
        for match in matches:
            known = seen.get(match.key)
            if known is None or match.path_length > known[1].path_length:
                seen[match.key] = (rule, match)


def _is_taken(match: Match, seen: _Seen) -> bool:
    earlier = seen.get(match.key)
    return earlier is not None and earlier[1].path_length >= match.path_length


def _dead_rule(rule: RouteRule, taken: list[tuple[Match, RouteRule, Match]]) -> Issue:
    earlier = taken[0][1]
    if all(other.action == rule.action for _, other, _ in taken):
        key = "duplicate"
    elif _is_one_weight(rule) and _is_one_weight(earlier):
        key = "split-over-rules"
    else:
        key = "unreachable"
    issue = Issue(taken[0][0].node, key, rule=rule.title, traffic=rule.route.traffic, earlier=earlier.index + 1)
    for _, other, first in taken:
        issue = issue.related(first.node, f"rule {other.index + 1} takes the {rule.route.traffic}")
    # Policies may be attached to a rule that has a name.
    free = key == "duplicate" and rule.node.key("name") is None
    return issue.fix("remove the rule", cut(lines_of_item(rule.node))) if free else issue


def _is_one_weight(rule: RouteRule) -> bool:
    return len(rule.backend_refs) == 1 and rule.backend_refs[0].weight_node is not None

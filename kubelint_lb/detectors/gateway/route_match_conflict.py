"""Of two routes that match the same requests, one wins by its age."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    ListenerHolder,
    Match,
    ParentRef,
    Route,
    RouteRule,
    detector,
    is_open,
    matches_of,
)

_Key = tuple[object, ...]


class _Claim(NamedTuple):
    """A rule's match for a hostname (empty: every host)."""

    rule: RouteRule
    match: Match
    hostname: str


@detector
def check(route: Route, ctx: Context) -> Issues:
    """HTTPRouteRule.Matches (gateway-api `apis/v1/httproute_types.go`), "Conflicts" of the guide to API design. Reported once for
    two routes, at the one that is read second."""
    by_key = ctx.once("claims", lambda: _by_key(ctx))
    reported: set[int] = set()
    for key, claim in _claims(route):
        for other in by_key[key]:
            if other.rule.route is route:
                break
            if id(other.rule.route) in reported or not _tie(claim, other, ctx):
                continue
            reported.add(id(other.rule.route))
            yield _issue(claim, other)


def _by_key(ctx: Context) -> dict[_Key, list[_Claim]]:
    found: dict[_Key, list[_Claim]] = defaultdict(list)
    for route in ctx.all("HTTPRoute", "GRPCRoute"):
        if isinstance(route, Route):
            for key, claim in _claims(route):
                found[key].append(claim)
    return found


def _claims(route: Route) -> Iterator[tuple[_Key, _Claim]]:
    if not route.settled:
        return
    hostnames = [one.text for one in route.hostnames] or [""]
    for rule in route.rules:
        for match in matches_of(rule):
            for hostname in () if _is_open(match) else hostnames:
                if not is_open(hostname):
                    for parent in {one.reference[2:5] for one in route.parents}:
                        yield (parent, route.kind, hostname, match.key, match.path_length), _Claim(rule, match, hostname)


def _is_open(match: Match) -> bool:
    """Some part of it is filled in later."""
    return is_open(repr(match.key))


def _tie(claim: _Claim, other: _Claim, ctx: Context) -> bool:
    route, rival = claim.rule.route, other.rule.route
    if claim.rule.action == other.rule.action or not ctx.lands_with(route, rival):
        return False
    if not any(_overlap(route, one, rival, two, ctx) for one in route.parents for two in rival.parents):
        return False
    return not ctx.manages_rule(claim.rule) and not ctx.manages_rule(other.rule)


def _overlap(route: Route, one: ParentRef, rival: Route, other: ParentRef, ctx: Context) -> bool:
    """Both are attached to one part of a parent: the same section and port, or one of them to all; to the same listener, where
    the parent is here."""
    if one.reference[2:5] != other.reference[2:5] or is_open(one.reference.name) or is_open(one.reference.namespace or ""):
        return False
    if any(is_open(ref.section_name or "") for ref in (one, other)):
        return False
    if not all(left == right or None in (left, right) for left, right in zip(one[2:4], other[2:4], strict=True)):
        return False
    holders = [holder for holder in ctx.resolve(one.reference).targets if isinstance(holder, ListenerHolder)]
    return not holders or any(
        {id(listener.node) for listener in ctx.attach(route, one, holder).allowing}
        & {id(listener.node) for listener in ctx.attach(rival, other, holder).allowing}
        for holder in holders
    )


def _issue(claim: _Claim, other: _Claim) -> Issue:
    routes = (claim.rule.route, other.rule.route)
    winner = min(routes, key=lambda one: (one.namespace or "", one.name)).title
    words = {"traffic": routes[0].traffic, "hostname": claim.hostname or "every host", "winner": winner}
    issue = Issue(claim.match.node, "tie", rule=claim.rule.title, other=other.rule.title, **words)
    return issue.related(other.match.node, "the same match")

"""With a route, a mesh refuses what no rule matches."""

from __future__ import annotations

from kubelint_lb.detectors.api import KINDS, Context, Issue, Issues, Match, ParentRef, Route, detector, matches_of, may_equal

_EVERYTHING = ("PathPrefix", "/")


@detector
def check(route: Route, ctx: Context) -> Issues:
    """GEP-1294, "How routes are chosen": requests to a Service with routes that none of them matches are rejected."""
    if not route.settled or not route.rules:
        return
    others = [one for one in ctx.all("HTTPRoute") if isinstance(one, Route) and one is not route]
    for parent in route.parents:
        if parent.reference.target != KINDS["Service"] or not ctx.resolve(parent.reference).targets:
            continue
        same = [one for one in others if any(_may_be_same(parent, other) for other in one.parents)]
        if not any(_takes_all(one) for one in (route, *same)):
            yield Issue(parent.reference.node, "unmatched", route=route.title, service=f"Service {parent.reference.name}")


def _may_be_same(parent: ParentRef, other: ParentRef) -> bool:
    return other.reference.target == parent.reference.target and may_equal(other.reference.name, parent.reference.name)


def _takes_all(route: Route) -> bool:
    """Some match takes every request, or may; a route that a patch may change can have any."""
    return not route.settled or any(_is_everything(match) for rule in route.rules for match in matches_of(rule) or ())


def _is_everything(match: Match) -> bool:
    return match.key == (_EVERYTHING, "", frozenset(), frozenset())

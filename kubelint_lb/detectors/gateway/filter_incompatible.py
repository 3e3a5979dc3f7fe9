"""Filters of one list that exclude each other, and filters that are not what their type says."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.detectors.api import (
    FILTER_FIELDS,
    Context,
    Issue,
    Issues,
    MappingNode,
    Node,
    Route,
    RouteRule,
    detector,
    is_open,
    mappings,
    present,
    text,
)

_ONCE = frozenset({"RequestHeaderModifier", "ResponseHeaderModifier", "RequestRedirect", "URLRewrite", "CORS"})
_EXCLUDING = {"URLRewrite": "redirect-and-rewrite", "RequestMirror": "mirror-and-redirect"}


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """HTTPRouteRule.Filters (gateway-api `apis/v1/httproute_types.go`, CEL); Envoy Gateway `IncompatibleFilters`."""
    for rule in route.rules:
        for filters in _lists(rule):
            typed = [(one, kind) for one in filters if (kind := text(one.get("type"))) is not None and not is_open(kind)]
            for one, kind in typed:
                yield from _members(route, rule, one, kind)
            yield from _beside(rule, typed)


def _lists(rule: RouteRule) -> Iterator[list[MappingNode]]:
    yield list(rule.filters)
    for backend in rule.backend_refs:
        yield list(mappings(backend.node.get("filters")))


def _members(route: Route, rule: RouteRule, one: MappingNode, kind: str) -> Issues:
    own = FILTER_FIELDS.get(kind)
    if own is None or not route.settled:
        return
    if present(one.get(own)) is None:
        yield Issue(_place(one), "no-member", rule=rule.title, type=kind, member=own)
    for member in FILTER_FIELDS.values():
        if member != own and present(one.get(member)) is not None:
            yield Issue(one.key(member) or one, "member", rule=rule.title, type=kind, member=member)


def _beside(rule: RouteRule, typed: list[tuple[MappingNode, str]]) -> Issues:
    first: dict[str, MappingNode] = {}
    for one, kind in typed:
        if kind in first and kind in _ONCE:
            yield Issue(_place(one), "twice", rule=rule.title, type=kind).related(_place(first[kind]), "the first one")
        first.setdefault(kind, one)
    redirect = first.get("RequestRedirect")
    for kind, key in _EXCLUDING.items():
        if redirect is not None and kind in first:
            yield Issue(_place(first[kind]), key, rule=rule.title).related(_place(redirect), "the redirect")


def _place(one: MappingNode) -> Node:
    return one.get("type") or one

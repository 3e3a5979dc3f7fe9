"""A session's name is that of one set of backends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kubelint_lb.detectors.api import Context, Issue, Issues, Node, Route, RouteRule, detector, intersects, is_open, name_text


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Gateway API GEP-1619: a name that is there twice is invalid. Reported where it is read second."""
    by_name = ctx.once("session names", lambda: _by_name(ctx))
    for rule, node, name in _named(route):
        for other, place in by_name[name]:
            if other.node is rule.node:
                break
            if _share_a_host(route, other.route) and _lands_with(route, other.route, ctx) and _backends(rule) != _backends(other):
                issue = Issue(node, "collision", rule=rule.title, other=other.title, name=name)
                yield issue.related(place, "the same name for other backends")
                break


def _by_name(ctx: Context) -> dict[str, list[tuple[RouteRule, Node]]]:
    found: dict[str, list[tuple[RouteRule, Node]]] = defaultdict(list)
    for route in ctx.all("HTTPRoute", "GRPCRoute"):
        if isinstance(route, Route):
            for rule, node, name in _named(route):
                found[name].append((rule, node))
    return found


def _named(route: Route) -> Iterator[tuple[RouteRule, Node, str]]:
    for rule in route.rules:
        node = rule.node.get("sessionPersistence", "sessionName")
        name = name_text(node)
        if node is not None and name and not is_open(name):
            yield rule, node, name


def _share_a_host(one: Route, other: Route) -> bool:
    """Some host is surely one of both; of a mesh route nobody asks for one."""
    if one is other:
        return True
    return any(intersects(left.text, right.text) for left in one.hostnames for right in other.hostnames)


def _lands_with(one: Route, other: Route, ctx: Context) -> bool:
    return one is other or ctx.lands_with(one, other)


def _backends(rule: RouteRule) -> set[tuple[object, ...]]:
    return {(one.reference.target, one.reference.namespace, one.name, one.port) for one in rule.backend_refs}

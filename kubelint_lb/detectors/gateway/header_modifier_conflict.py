"""A filter does one thing with a header: sets it, adds to it, or removes it."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    MappingNode,
    Node,
    Route,
    RouteRule,
    detector,
    items,
    mappings,
    name_text,
)

_MODIFIERS = ("requestHeaderModifier", "responseHeaderModifier")


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """HTTPHeaderFilter (gateway-api `apis/v1/httproute_types.go`): several actions for one header are invalid; names have no
    case. What stands twice in one list, in one case, the CRD refuses itself."""
    for rule in route.rules:
        for modifier in _modifiers(rule):
            yield from _issues(rule, modifier)


def _modifiers(rule: RouteRule) -> Iterator[MappingNode]:
    filters = [*rule.filters]
    for backend in rule.backend_refs:
        filters += mappings(backend.node.get("filters"))
    for one in filters:
        for name in _MODIFIERS:
            modifier = one.get(name)
            if isinstance(modifier, MappingNode):
                yield modifier


def _issues(rule: RouteRule, modifier: MappingNode) -> Issues:
    first: dict[str, tuple[str, str, Node]] = {}
    for action, name, node in _actions(modifier):
        known, written, place = first.setdefault(name.lower(), (action, name, node))
        if place is not node and (known, written) != (action, name):
            words = {"header": name, "rule": rule.title, "first": known, "second": action}
            yield Issue(node, "actions" if known != action else "case", **words).related(place, f"{known} comes first")


def _actions(modifier: MappingNode) -> Iterator[tuple[str, str, Node]]:
    for action in ("set", "add"):
        for header in mappings(modifier.get(action)):
            node, name = header.get("name"), name_text(header.get("name"))
            if node is not None and name:
                yield action, name, node
    for node in items(modifier.get("remove")):
        name = name_text(node)
        if name:
            yield "remove", name, node

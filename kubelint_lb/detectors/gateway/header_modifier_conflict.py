"""A filter does one thing with a header: sets it, adds to it, or removes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    MappingNode,
    Node,
    Route,
    RouteRule,
    TextEdit,
    cut,
    detector,
    items,
    lines_of_entry,
    lines_of_item,
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
    first: dict[str, _Action] = {}
    for one in _actions(modifier):
        known = first.setdefault(one.name.lower(), one)
        if known is not one and (known.action, known.name) != (one.action, one.name):
            words = {"header": one.name, "rule": rule.title, "first": known.action, "second": one.action}
            issue = Issue(one.node, "actions" if known.action != one.action else "case", **words)
            issue = issue.related(known.node, f"{known.action} comes first")
            yield issue.fix(f"leave it at {known.action}", _without(modifier, one))


class _Action(NamedTuple):
    """What is done with a header; `item` is the whole entry of the list."""

    action: str
    name: str
    node: Node
    item: Node


def _actions(modifier: MappingNode) -> Iterator[_Action]:
    for action in ("set", "add"):
        for header in mappings(modifier.get(action)):
            node, name = header.get("name"), name_text(header.get("name"))
            if node is not None and name:
                yield _Action(action, name, node, header)
    for node in items(modifier.get("remove")):
        name = name_text(node)
        if name:
            yield _Action("remove", name, node, node)


def _without(modifier: MappingNode, one: _Action) -> TextEdit | None:
    """Takes an entry out, and its list where it is the only one."""
    alone = len(items(modifier.get(one.action))) == 1
    return cut(lines_of_entry(modifier, one.action) if alone else lines_of_item(one.item))

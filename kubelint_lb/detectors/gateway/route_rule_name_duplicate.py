"""A rule's name is that of one rule."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Node, Route, detector, is_open, name_text


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """SectionName of rules (gateway-api `apis/v1/httproute_types.go`, CEL of the experimental channel)."""
    first: dict[str, Node] = {}
    for rule in route.rules:
        node = rule.node.get("name")
        name = name_text(node)
        if node is None or not name or is_open(name):
            continue
        if name in first:
            yield Issue(node, "twice", route=route.title, name=name).related(first[name], "the first rule of this name")
        first.setdefault(name, node)

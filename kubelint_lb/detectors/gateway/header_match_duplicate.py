"""Of header matches whose names differ in case alone, the second is ignored."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Node,
    Route,
    RouteRule,
    cut,
    detector,
    lines_of_item,
    mappings,
    name_text,
)


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """HTTPHeaderMatch.name (gateway-api `apis/v1/httproute_types.go`). Equal names in equal case the CRD refuses itself."""
    for rule in route.rules:
        yield from _issues(rule)


def _issues(rule: RouteRule) -> Issues:
    for match in rule.matches:
        first: dict[str, tuple[str, Node]] = {}
        for header in mappings(match.get("headers")):
            node, name = header.get("name"), name_text(header.get("name"))
            if node is None or not name:
                continue
            known, place = first.setdefault(name.lower(), (name, node))
            if place is not node and known != name:
                issue = Issue(node, "twice", header=name, known=known, rule=rule.title).related(place, "this one counts")
                yield issue.fix("remove the one that is ignored", cut(lines_of_item(header)))

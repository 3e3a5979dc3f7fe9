"""Which namespaces a Gateway admits: a selector goes with `from: Selector`, and only with it."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    ListenerHolder,
    MappingNode,
    detector,
    is_open,
    items,
    mappings,
    text,
    with_entry,
)

_WITH_VALUES = frozenset({"In", "NotIn"})
_WITHOUT_VALUES = frozenset({"Exists", "DoesNotExist"})


@detector
def check(holder: ListenerHolder, _ctx: Context) -> Issues:
    """RouteNamespaces and ListenerNamespaces (gateway-api `apis/v1/gateway_types.go`): the CRD compares none of these fields."""
    for listener in holder.listeners:
        namespaces = listener.node.get("allowedRoutes", "namespaces")
        if isinstance(namespaces, MappingNode):
            yield from _issues(holder, f"listener {listener.name} of {holder.title}", namespaces)
    listeners = holder.at("spec", "allowedListeners", "namespaces")
    if isinstance(listeners, MappingNode):
        yield from _issues(holder, holder.title, listeners)


def _issues(holder: ListenerHolder, who: str, namespaces: MappingNode) -> Issues:
    node, selector = namespaces.get("from"), namespaces.get("selector")
    origin = text(node)
    if origin is not None and is_open(origin):
        return
    if origin == "Selector" and node is not None:
        if selector is None and holder.settled:
            yield Issue(node, "no-selector", who=who)
    elif selector is not None and (node is not None or holder.settled):
        issue = Issue(namespaces.key("selector") or selector, "ignored", who=who, origin=origin or "Same")
        yield issue.fix("select namespaces", with_entry(namespaces, "from", "Selector"))
    for requirement in mappings(selector.get("matchExpressions") if selector is not None else None):
        operator, values = text(requirement.get("operator")), items(requirement.get("values"))
        place = requirement.get("operator") or requirement
        if operator in _WITH_VALUES and not values and holder.settled:
            yield Issue(place, "no-values", who=who, operator=operator)
        elif operator in _WITHOUT_VALUES and values:
            yield Issue(place, "values", who=who, operator=operator)

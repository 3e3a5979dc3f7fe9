"""Listeners admit routes of the namespaces that they name; without a word, of their own alone."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Listener, Node, NotAdmitted, Route, detector, not_admitted, present


@detector
def check(route: Route, ctx: Context) -> Issues:
    """RouteNamespaces (gateway-api `apis/v1/gateway_types.go`); conformance `HTTPRouteInvalidCrossNamespaceParentRef`."""
    for found in not_admitted(route, ctx):
        if found.carrying:
            yield _issue(route, found)


def _issue(route: Route, found: NotAdmitted) -> Issue:
    parent, holder = found.parent, found.holder
    origins = {listener.allowed_namespaces.origin for listener in found.carrying}
    key = "own-only" if origins == {"Same"} else "selector"
    place = present(parent.node.get("namespace")) or parent.reference.node
    words = {"route": route.title, "parent": holder.title, "own": holder.namespace or "", "namespace": route.namespace or ""}
    issue = Issue(place, key, **words)
    for listener in found.carrying:
        issue = issue.related(_place(listener), _words(listener))
    return issue


def _place(listener: Listener) -> Node:
    return listener.node.key("allowedRoutes") or listener.place


def _words(listener: Listener) -> str:
    if listener.allowed_namespaces.origin == "Selector":
        return f"listener {listener.name} admits namespaces with labels that this one does not have"
    said = listener.node.get("allowedRoutes", "namespaces", "from") is not None
    return f"listener {listener.name} {'admits' if said else 'says nothing, and so admits'} its own namespace only"

"""Listeners take the kinds of routes that go with their protocol, or fewer where they say so."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Listener, NotAdmitted, Route, detector, not_admitted


@detector
def check(route: Route, ctx: Context) -> Issues:
    """AllowedRoutes.kinds and the protocols (gateway-api `apis/v1/gateway_types.go`); conformance `HTTPRouteDisallowedKind`."""
    for found in not_admitted(route, ctx):
        if not found.carrying:
            yield _issue(route, found)


def _issue(route: Route, found: NotAdmitted) -> Issue:
    listed = all(listener.allowed_kinds for listener in found.listeners)
    words = {"kind": route.kind, "route": route.title, "parent": found.holder.title}
    issue = Issue(found.parent.reference.node, "kinds" if listed else "protocol", **words)
    for listener in found.listeners:
        place = listener.node.get("allowedRoutes", "kinds") if listener.allowed_kinds else listener.node.get("protocol")
        issue = issue.related(place or listener.place, _words(listener))
    return issue


def _words(listener: Listener) -> str:
    if listener.allowed_kinds:
        return f"listener {listener.name} admits {', '.join(kind.kind for kind in listener.allowed_kinds)}"
    mode = f" ({listener.tls_mode})" if listener.protocol == "TLS" else ""
    return f"listener {listener.name} speaks {listener.protocol}{mode}"

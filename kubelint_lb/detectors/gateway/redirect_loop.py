"""A redirect to where the request came from, which is redirected again."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Listener,
    MappingNode,
    Route,
    RouteRule,
    Scalar,
    detector,
    next_lines,
    put_in,
)

_PORTS = {"HTTP": 80, "HTTPS": 443}


@detector
def check(route: Route, ctx: Context) -> Issues:
    """HTTPRequestRedirectFilter (gateway-api `apis/v1/httproute_types.go`): what is not set stays as it was."""
    if not route.settled:
        return
    for rule in route.rules:
        for redirect in rule.redirects:
            issue = _issue(route, rule, redirect, ctx)
            if issue is not None:
                yield issue


def _issue(route: Route, rule: RouteRule, redirect: MappingNode, ctx: Context) -> Issue | None:
    scheme = redirect.get("scheme")
    if any(redirect.get(field) is not None for field in ("hostname", "port", "path")):
        return None
    if scheme is None:
        return Issue(redirect, "nothing-changes", rule=rule.title)
    if not isinstance(scheme, Scalar) or scheme.unknown or rule.matches:
        return None
    wanted = {"http": "HTTP", "https": "HTTPS"}.get(scheme.text)
    for parent in route.parents:
        admission = ctx.admission(route, parent)
        listener = _loops(admission.listeners or (), wanted)
        if listener is not None and not parent.section_name and not any(holder.manifest.patched for holder in admission.holders):
            issue = Issue(scheme, "own-listener", rule=rule.title, scheme=scheme.text, listener=listener.name)
            issue = issue.related(listener.node.get("protocol") or listener.place, "requests come back here")
            issue = issue.related(parent.reference.node, "the route attaches to all listeners of its parent")
            others = [one for one in admission.listeners or () if one.protocol != wanted]
            if len(others) != 1 or not others[0].name:
                return issue
            section = put_in(next_lines(parent.node, "name", (f"sectionName: {others[0].name}",)))
            return issue.fix(f"attach the route to the listener {others[0].name}", section)
    return None


def _loops(listeners: tuple[Listener, ...], protocol: str | None) -> Listener | None:
    """The listener at which the requests arrive again."""
    return next((one for one in listeners if one.protocol == protocol and one.port == _PORTS.get(protocol or "")), None)

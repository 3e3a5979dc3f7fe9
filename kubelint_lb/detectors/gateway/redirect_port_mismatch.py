"""Where a redirect to https leads, somebody has to listen."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Listener,
    ListenerHolder,
    MappingNode,
    Route,
    RouteRule,
    Scalar,
    detector,
    next_lines,
    put_in,
)

_HTTPS = 443


@detector
def check(route: Route, ctx: Context) -> Issues:
    """HTTPRequestRedirectFilter.Port (gateway-api `apis/v1/httproute_types.go`): the well-known port of the scheme."""
    for rule in route.rules:
        for redirect in rule.redirects:
            yield from _redirect(route, rule, redirect, ctx)


def _redirect(route: Route, rule: RouteRule, redirect: MappingNode, ctx: Context) -> Issues:
    scheme = redirect.get("scheme")
    elsewhere = redirect.get("port") is not None or redirect.get("hostname") is not None
    if not isinstance(scheme, Scalar) or scheme.value != "https" or elsewhere or not route.settled:
        return
    for parent in route.parents:
        for holder in ctx.admission(route, parent).holders:
            ports = _ports(holder)
            if ports and _HTTPS not in ports and holder.settled:
                shown = ", ".join(f"port {port}" for port in sorted(ports))
                issue = Issue(scheme, "no-443", rule=rule.title, gateway=holder.title, ports=shown)
                issue = issue.related(_first(holder).node.get("port") or _first(holder).place, "TLS is ended here")
                said = put_in(next_lines(redirect, "scheme", (f"port: {min(ports)}",)))
                yield issue.fix("say the port", said) if len(ports) == 1 else issue
                return


def _ports(holder: ListenerHolder) -> set[int]:
    """The ports on which it ends TLS; none where some port is not known."""
    ending = [one.port for one in holder.listeners if one.protocol == "HTTPS"]
    return set() if None in ending else {port for port in ending if port is not None}


def _first(holder: ListenerHolder) -> Listener:
    return next(one for one in holder.listeners if one.protocol == "HTTPS")

"""With a route, a mesh refuses what no rule matches."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    KINDS,
    Context,
    Issue,
    Issues,
    Match,
    ParentRef,
    Route,
    Sequence,
    TextEdit,
    detector,
    is_open,
    last_item,
    matches_of,
    put_in,
)

_EVERYTHING = ("PathPrefix", "/")


@detector
def check(route: Route, ctx: Context) -> Issues:
    """GEP-1294, "How routes are chosen": requests to a Service with routes that none of them matches are rejected."""
    if not route.settled or not route.rules:
        return
    for parent in route.parents:
        if parent.reference.target != KINDS["Service"] or not ctx.resolve(parent.reference).targets:
            continue
        taking = ctx.once("Services whose routes take all", lambda: _taking_all(ctx))
        if parent.reference.name not in taking and not any(is_open(name) for name in taking):
            issue = Issue(parent.reference.node, "unmatched", route=route.title, service=f"Service {parent.reference.name}")
            yield issue.fix("send all else to the Service itself", _catch_all(route, parent, ctx))


def _catch_all(route: Route, parent: ParentRef, ctx: Context) -> TextEdit | None:
    """A rule without matches as the last one; None where the Service's port is not known."""
    rules = route.at("spec", "rules")
    ports = {port.port for service in ctx.services(parent.reference) for port in service.ports}
    port = parent.port or (ports.pop() if len(ports) == 1 else None)
    if not isinstance(rules, Sequence) or not isinstance(port, int) or route.kind != "HTTPRoute":
        return None
    place = f", namespace: {parent.reference.namespace}" if parent.reference.namespace not in {None, route.namespace} else ""
    return put_in(last_item(rules, (f"backendRefs: [{{name: {parent.reference.name}{place}, port: {port}}}]",)))


def _taking_all(ctx: Context) -> frozenset[str]:
    """The names of the Services with a route that takes every request, or may."""
    routes = [one for one in ctx.all("HTTPRoute") if isinstance(one, Route) and _takes_all(one)]
    return frozenset(one.reference.name for route in routes for one in route.parents if one.reference.target == KINDS["Service"])


def _takes_all(route: Route) -> bool:
    """Some match takes every request, or may; a route that a patch may change can have any."""
    return not route.settled or any(_is_everything(match) for rule in route.rules for match in matches_of(rule) or ())


def _is_everything(match: Match) -> bool:
    return match.key == (_EVERYTHING, "", frozenset(), frozenset())

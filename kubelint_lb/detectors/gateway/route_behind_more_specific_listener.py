"""A request enters by the listener that fits best, and meets no routes of others."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Listener,
    ListenerHolder,
    Meeting,
    Meetings,
    Route,
    Scalar,
    detector,
    intersects,
    is_open,
)


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Listener isolation (gateway-api `apis/v1/gateway_types.go`, Listener.Hostname); conformance
    `GatewayHTTPListenerIsolation`."""
    if not route.settled or any(one.section_name is None and one.port is None for one in route.parents):
        return
    meetings = list(ctx.of(Meetings).of_route(route))
    attached = _may_be_attached(route, ctx)
    for hostname in route.hostnames:
        serving = [one for one in meetings if intersects(one.listener.hostname, hostname.text)]
        if not serving or is_open(hostname.text):
            continue
        better = [_better(one, hostname.text, attached, ctx) for one in serving]
        if all(better) and better[0] is not None:
            yield _issue(route, hostname, serving[0], better[0])


def _may_be_attached(route: Route, ctx: Context) -> set[int]:
    """The listeners that admit the route, or may."""
    return {
        id(listener.node)
        for parent in route.parents
        for holder in ctx.resolve(parent.reference).targets
        if isinstance(holder, ListenerHolder)
        for listener in ctx.attach(route, parent, holder).allowing
    }


def _better(meeting: Meeting, hostname: str, attached: set[int], ctx: Context) -> Listener | None:
    """The listener of the same port that takes every request for the hostname, where it does not have the route."""
    mine = meeting.listener
    holder = meeting.holder
    listeners = ctx.once(id(holder), lambda: {(one.port, one.protocol, one.hostname): one for one in holder.listeners})
    for name in _covering(hostname):
        if name == mine.hostname:
            return None
        one = listeners.get((mine.port, mine.protocol, name))
        if one is not None and mine.port is not None:
            return None if id(one.node) in attached else one
    return None


def _covering(hostname: str) -> Iterator[str]:
    """The hostnames of listeners that take every request for one, the best first."""
    yield hostname
    labels = hostname.removeprefix("*.").split(".")
    for start in range(0 if hostname.startswith("*.") else 1, len(labels)):
        name = "*." + ".".join(labels[start:])
        if name != hostname:
            yield name


def _issue(route: Route, hostname: Scalar, meeting: Meeting, better: Listener) -> Issue:
    words = {"listener": meeting.listener.name, "holder": meeting.holder.title, "other": better.name}
    issue = Issue(hostname, "other-listener", route=route.title, hostname=hostname.text, **words)
    issue = issue.related(better.hostname_place, "requests for the host arrive here")
    return issue.related(meeting.listener.hostname_place, "the route is attached here")

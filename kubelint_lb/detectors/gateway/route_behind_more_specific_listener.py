"""A request enters by the listener that fits best, and meets no routes of others."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Listener,
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
    meetings = list(ctx.of(Meetings).of_route(route)) if route.settled else []
    attached = {id(one.listener.node) for one in meetings}
    for hostname in route.hostnames:
        serving = [one for one in meetings if intersects(one.listener.hostname, hostname.text)]
        if not serving or is_open(hostname.text):
            continue
        better = [_better(one, hostname.text, attached) for one in serving]
        if all(better) and better[0] is not None:
            yield _issue(route, hostname, serving[0], better[0])


def _better(meeting: Meeting, hostname: str, attached: set[int]) -> Listener | None:
    """A listener of the same port that takes every request for the hostname, and does not have the route."""
    mine = meeting.listener
    for one in meeting.holder.listeners:
        same = (one.port, one.protocol) == (mine.port, mine.protocol) and one.port is not None
        if not same or not one.hostname or is_open(one.hostname):
            continue
        if _is_more_specific(one.hostname, mine.hostname) and _covers(one.hostname, hostname):
            return None if id(one.node) in attached else one
    return None


def _is_more_specific(hostname: str, than: str | None) -> bool:
    return not than or (hostname != than and _covers(than, hostname))


def _covers(hostname: str, other: str) -> bool:
    """Every name of the other is one of this."""
    if hostname == other:
        return True
    return hostname.startswith("*.") and other.removeprefix("*").endswith(hostname[1:]) and other != hostname[2:]


def _issue(route: Route, hostname: Scalar, meeting: Meeting, better: Listener) -> Issue:
    words = {"listener": meeting.listener.name, "holder": meeting.holder.title, "other": better.name}
    issue = Issue(hostname, "other-listener", route=route.title, hostname=hostname.text, **words)
    issue = issue.related(better.hostname_place, "requests for the host arrive here")
    return issue.related(meeting.listener.hostname_place, "the route is attached here")

"""A listener for connections has one route."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Meeting, Meetings, Route, detector, is_open

# A listener, a kind of route, and a hostname.
_Claim = tuple[int, str, str]


@detector
def check(route: Route, ctx: Context) -> Issues:
    """GEP-2644; conformance `TCPRouteMultipleRoutesAttachment`. Reported at the route that is read second."""
    meetings = ctx.of(Meetings)
    first = ctx.once("what connections are taken", lambda: _first(ctx, meetings))
    for meeting in meetings.of_route(route):
        for hostname in _wanted(route):
            other = first[_claim(meeting, hostname)]
            if other.route is not route and ctx.lands_with(route, other.route):
                yield _issue(meeting, other, "hostname" if hostname else "listener", hostname)
                return


def _first(ctx: Context, meetings: Meetings) -> dict[_Claim, Meeting]:
    """The route that is read first, of those that want the same of a listener."""
    found: dict[_Claim, Meeting] = {}
    for route in ctx.all("TCPRoute", "UDPRoute", "TLSRoute"):
        for meeting in meetings.of_route(route) if isinstance(route, Route) else ():
            for hostname in _wanted(meeting.route):
                found.setdefault(_claim(meeting, hostname), meeting)
    return found


def _claim(meeting: Meeting, hostname: str) -> _Claim:
    return id(meeting.listener.node), meeting.route.kind, hostname


def _wanted(route: Route) -> list[str]:
    """The hostnames that it takes connections for; one empty text for all of them."""
    return [one.text for one in route.hostnames if not is_open(one.text)] if route.kind == "TLSRoute" else [""]


def _issue(meeting: Meeting, other: Meeting, key: str, hostname: str) -> Issue:
    words = {"route": meeting.route.title, "other": other.route.title, "holder": meeting.holder.title}
    words |= {"listener": meeting.listener.name, **({"hostname": hostname} if hostname else {})}
    issue = Issue(meeting.parent.reference.node, key, **words)
    issue = issue.related(other.parent.reference.node, f"{other.route.title} is attached there, too")
    return issue.related(meeting.listener.place, "the listener")

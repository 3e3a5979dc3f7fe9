"""A listener for connections has one route."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Meeting, Meetings, Route, detector, is_open


@detector
def check(route: Route, ctx: Context) -> Issues:
    """GEP-2644; conformance `TCPRouteMultipleRoutesAttachment`. Reported at the route that is read second."""
    meetings = ctx.of(Meetings)
    for meeting in meetings.of_route(route):
        for other in meetings.at(meeting.listener):
            if other.route is route:
                break
            key, hostname = _shared(route, other.route)
            if key and ctx.lands_with(route, other.route):
                yield _issue(meeting, other, key, hostname)
                return


def _shared(route: Route, other: Route) -> tuple[str, str]:
    """What both want of one listener."""
    if route.kind != other.kind:
        return "", ""
    if route.kind != "TLSRoute":
        return "listener", ""
    names = {one.text for one in other.hostnames}
    common = next((one.text for one in route.hostnames if one.text in names and not is_open(one.text)), "")
    return ("hostname" if common else ""), common


def _issue(meeting: Meeting, other: Meeting, key: str, hostname: str) -> Issue:
    words = {"route": meeting.route.title, "other": other.route.title, "holder": meeting.holder.title}
    words |= {"listener": meeting.listener.name, **({"hostname": hostname} if hostname else {})}
    issue = Issue(meeting.parent.reference.node, key, **words)
    issue = issue.related(other.parent.reference.node, f"{other.route.title} is attached there, too")
    return issue.related(meeting.listener.place, "the listener")

"""Of an HTTPRoute and a GRPCRoute for one hostname, one may be refused."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Meetings, Route, Scalar, detector


@detector
def check(route: Route, ctx: Context) -> Issues:
    """GRPCRoute (gateway-api `apis/v1/grpcroute_types.go`, and the change of 1.6 to its page)."""
    meetings = ctx.of(Meetings)
    served = ctx.once("hostnames of HTTPRoutes", lambda: _served(ctx, meetings))
    for meeting in meetings.of_route(route):
        for hostname in route.hostnames:
            found = served.get((id(meeting.listener.node), hostname.text))
            if found is not None and ctx.lands_with(route, found[0]):
                words = {"other": found[0].title, "listener": meeting.listener.name, "holder": meeting.holder.title}
                issue = Issue(hostname, "overlap", route=route.title, hostname=hostname.text, **words)
                yield issue.related(found[1], "the same hostname")
                return


def _served(ctx: Context, meetings: Meetings) -> dict[tuple[int, str], tuple[Route, Scalar]]:
    """The first HTTPRoute for each hostname of a listener."""
    found: dict[tuple[int, str], tuple[Route, Scalar]] = {}
    for route in ctx.all("HTTPRoute"):
        for meeting in meetings.of_route(route) if isinstance(route, Route) else ():
            for hostname in meeting.route.hostnames:
                found.setdefault((id(meeting.listener.node), hostname.text), (meeting.route, hostname))
    return found

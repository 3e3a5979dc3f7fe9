"""Of an HTTPRoute and a GRPCRoute for one hostname, one may be refused."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Meetings, Route, detector


@detector
def check(route: Route, ctx: Context) -> Issues:
    """GRPCRoute (gateway-api `apis/v1/grpcroute_types.go`, and the change of 1.6 to its page)."""
    meetings = ctx.of(Meetings)
    for meeting in meetings.of_route(route):
        for other in meetings.at(meeting.listener):
            if other.route.kind != "HTTPRoute" or not ctx.lands_with(route, other.route):
                continue
            theirs = {one.text: one for one in other.route.hostnames}
            shared = next((one for one in route.hostnames if one.text in theirs), None)
            if shared is not None:
                words = {"other": other.route.title, "listener": meeting.listener.name, "holder": meeting.holder.title}
                issue = Issue(shared, "overlap", route=route.title, hostname=shared.text, **words)
                yield issue.related(theirs[shared.text], "the same hostname")
                return

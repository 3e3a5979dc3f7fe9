"""Retries need time within the request."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, RouteRule, Scalar, detector, integer, milliseconds, present


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """HTTPRouteTimeouts, HTTPRouteRetry (gateway-api `apis/v1/httproute_types.go`, GEP-1742, GEP-1731)."""
    for rule in route.rules:
        if present(rule.node.get("retry")) is not None:
            yield from _issues(rule)


def _issues(rule: RouteRule) -> Issues:
    written = (rule.node.get("timeouts", "request"), rule.node.get("timeouts", "backendRequest"))
    request, one_try = map(milliseconds, written)
    if not request or not one_try or not isinstance(written[0], Scalar) or not isinstance(written[1], Scalar):
        return
    words = {"rule": rule.title, "request": written[0].text, "try_time": written[1].text}
    if one_try >= request:
        yield Issue(written[1], "first-try", **words).related(written[0], "the whole request")
        return
    node = rule.node.get("retry", "attempts")
    attempts, pause = integer(node), milliseconds(rule.node.get("retry", "backoff")) or 0
    fit = (request - one_try) // (one_try + pause)
    if node is not None and attempts is not None and attempts > fit:
        yield Issue(node, "attempts", attempts=attempts, fit=fit, **words).related(written[0], "the whole request")

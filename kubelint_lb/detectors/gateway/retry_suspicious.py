"""Retries are for failures that pass."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, detector, integer, items

# Request timeout, too early, too many requests: the next one may be answered.
_MAY_PASS = frozenset({408, 425, 429})
_CLIENT_ERRORS = range(400, 500)


@detector
def check(route: Route, ctx: Context) -> Issues:
    """HTTPRouteRetry.Codes (gateway-api `apis/v1/httproute_types.go`, GEP-1731)."""
    most = ctx.number("max-attempts")
    for rule in route.rules:
        attempts = rule.node.get("retry", "attempts")
        number = integer(attempts)
        if attempts is not None and number is not None and number > most:
            yield Issue(attempts, "attempts", rule=rule.title, attempts=number)
        times = f"{number + 1} times" if number is not None else "again and again"
        for node in items(rule.node.get("retry", "codes")):
            code = integer(node)
            if code in _CLIENT_ERRORS and code not in _MAY_PASS:
                yield Issue(node, "client-error", rule=rule.title, code=code or 0, times=times)

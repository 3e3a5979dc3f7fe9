"""Health checks of AWS have limits."""

from __future__ import annotations

from kubelint_lb.detectors.api import ALB, Context, Ingress, Issue, Issues, View, annotations_of, detector, go_int

_PREFIX = "alb.ingress.kubernetes.io"
_NAMES = ("healthcheck-interval-seconds", "healthcheck-timeout-seconds", "healthy-threshold-count", "unhealthy-threshold-count")
_INTERVAL, _TIMEOUT = 15, 5


@detector
def check(view: View, ctx: Context) -> Issues:
    """AWS ELBv2 CreateTargetGroup; defaults of the controller: every 15 seconds, 5 for an answer."""
    if isinstance(view, Ingress) and ctx.controller(view) != ALB:
        return
    numbers = {}
    for name in _NAMES:
        node, row = view.annotation(f"{_PREFIX}/{name}"), annotations_of(ALB).find(f"{_PREFIX}/{name}")
        number = go_int(node.text) if node is not None else None
        if node is None or row is None or number is None or row.least is None or row.most is None:
            continue
        numbers[name] = number
        if not row.least <= number <= row.most:
            limits = {"least": int(row.least), "most": int(row.most)}
            yield Issue(node, "range", object=view.title, name=name, value=number, **limits)
            return
    interval, timeout = numbers.get(_NAMES[0], _INTERVAL), numbers.get(_NAMES[1], _TIMEOUT)
    place = view.annotation(f"{_PREFIX}/{_NAMES[1]}") or view.annotation(f"{_PREFIX}/{_NAMES[0]}")
    if numbers and timeout >= interval and place is not None:
        yield Issue(place, "timeout", object=view.title, timeout=timeout, interval=interval)

"""Life is another question than readiness."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, MappingNode, Workload, detector, integer, to_python

_HANDLERS = ("httpGet", "tcpSocket", "exec", "grpc")


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """The docs' "Liveness, Readiness, and Startup Probes" (kubernetes docs): wrong ones lead to cascading failures."""
    if workload.template is None or not workload.settled or not ctx.services_of(workload):
        return
    for container in workload.template.containers:
        ready, alive = container.probe("readinessProbe"), container.probe("livenessProbe")
        if ready is None or alive is None or _handler(ready) is None or _handler(ready) != _handler(alive):
            continue
        if _patience(alive) <= _patience(ready):
            place = next(one for one in (alive.get(name) for name in _HANDLERS) if one is not None)
            issue = Issue(place, "same", container=container.name, workload=workload.title)
            yield issue.related(container.node.key("readinessProbe") or ready, "asks the same")


def _handler(probe: MappingNode) -> object:
    return next((repr(to_python(probe.get(name))) for name in _HANDLERS if probe.get(name) is not None), None)


def _patience(probe: MappingNode) -> int:
    """Seconds until it gives up (`failureThreshold` 3, `periodSeconds` 10 by default)."""
    times, period = integer(probe.get("failureThreshold")), integer(probe.get("periodSeconds"))
    return (3 if times is None else times) * (10 if period is None else period)

"""Where a request goes: by the Gateways, the Ingresses, or the Service that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from kubelint_lb.controllers.ingress_trace import trace_ingresses
from kubelint_lb.report.finding import Finding
from kubelint_lb.traffic.gateway_trace import trace_gateways
from kubelint_lb.traffic.mesh_trace import trace_service
from kubelint_lb.traffic.request import Outcome, OutcomeKind, Request, Trace
from kubelint_lb.traffic.way import unknown
from kubelint_lb.traffic.world import World

Holds: TypeAlias = Callable[[str], bool]

_NOT_FOUND = 404
# As many redirects as browsers follow before they give up.
_LONGEST_CHAIN = 20


def _everything(_path: str) -> bool:
    return True


def trace(world: World, request: Request, holds: Holds = _everything) -> Trace:
    """What becomes of a request in one unit: UNKNOWN where nothing in it serves requests, several things may be meant, or a
    placeholder decides.

    `holds` says which files were asked about: of several Gateways or controllers, those in such files are meant.
    """
    if request.service:
        return trace_service(world, request)
    by_gateway = trace_gateways(world, request, holds) if not request.ingress_class else None
    if request.gateway and by_gateway is not None:
        return by_gateway
    by_ingress = trace_ingresses(world, request, holds)
    if by_ingress is None:
        if by_gateway is not None and world.objects.has("Gateway"):
            return by_gateway
        return Trace(request, _nobody(world, request))
    if by_gateway is None or not _is_served(by_gateway):
        return by_ingress
    if by_ingress.steps and by_gateway.outcome != by_ingress.outcome:
        words = "a Gateway and an Ingress both serve this host: name one, with --gateway or --class"
        return Trace(request, unknown(words))
    return by_gateway


def trace_over(worlds: Sequence[World], request: Request, holds: Holds = _everything) -> Trace:
    """What becomes of a request in several units: the answer of those that know one, UNKNOWN where they differ."""
    return agreed(request, [trace(one, request, holds) for one in worlds])


def agreed(request: Request, traces: Sequence[Trace]) -> Trace:
    """The answer of several units as one."""
    known = [one for one in traces if one.outcome.kind is not OutcomeKind.UNKNOWN]
    if not known:
        return next(
            (one for one in traces if one.steps), traces[0] if traces else Trace(request, unknown("there is nothing to ask"))
        )
    # A unit whose Gateways do not listen there says nothing about one whose do.
    served = [one for one in known if one.steps] or known
    if any(one.outcome != served[0].outcome for one in served):
        return Trace(request, unknown("the units of these files answer differently: name one"))
    return served[0]


def follow(answer: Callable[[Request], Trace], request: Request) -> list[Trace]:
    """A request and those that its redirects lead to, until one does not redirect, or a URL comes a second time."""
    traces = [answer(request)]
    seen = {_url(request)}
    while (redirect := traces[-1].outcome.redirect) is not None and len(traces) < _LONGEST_CHAIN:
        request = request._replace(scheme=redirect.scheme, host=redirect.host, port=redirect.port, path=redirect.path)
        if _url(request) in seen:
            break
        seen.add(_url(request))
        traces.append(answer(request))
    return traces


def subjects_of(found: Trace) -> set[tuple[str, str | None, str]]:
    """The objects on the way: kind, namespace and name."""
    return {(one.subject.kind, one.subject.namespace or None, one.subject.name) for one in found.steps if one.subject.kind}


def findings_on(found: Trace, findings: Iterable[Finding]) -> list[Finding]:
    """The findings that are about an object on the way."""
    subjects = subjects_of(found)
    return [one for one in findings if one.object is not None and (one.object.kind, *one.object[2:]) in subjects]


def _url(request: Request) -> tuple[str, str, int, str]:
    return request.scheme, request.hostname, request.to_port, request.path


def _is_served(found: Trace) -> bool:
    """Some rule takes the request there, or may."""
    return bool(found.steps) and found.outcome.status != _NOT_FOUND


def _nobody(world: World, request: Request) -> Outcome:
    if world.objects.has("Ingress"):
        return Outcome(OutcomeKind.ERROR, status=_NOT_FOUND, reason=f"no Ingress has a rule for {request.host or 'every host'}")
    return unknown("there is no Gateway or Ingress in these files")

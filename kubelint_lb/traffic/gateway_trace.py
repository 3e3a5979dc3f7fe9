"""By which listener a request comes in, and what its routes make of it.

Source: gateway-api v1.6.1 `apis/v1/httproute_types.go`; what the answer is where a backend is not there, not permitted or of no
known kind: HTTPRouteRule.backendRefs (500 for its share).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from kubelint_lb.traffic.entry import Entries, Entry
from kubelint_lb.traffic.request import SCHEME_PORTS, Outcome, OutcomeKind, Request, Trace, subject_of
from kubelint_lb.traffic.route_trace import RouteTracer
from kubelint_lb.traffic.way import Way, failed, unknown
from kubelint_lb.traffic.world import World

_NOT_FOUND = 404
_STREAMS = frozenset({"TLS", "TCP", "UDP"})

Holds: TypeAlias = Callable[[str], bool]


def trace_gateways(world: World, request: Request, holds: Holds) -> Trace:
    """What the Gateways of a unit make of a request: UNKNOWN where there is none, several may be meant, or a placeholder decides.

    `holds` says which files were asked about: of several Gateways, those in such files are meant.
    """
    return _Tracer(world, request, holds).trace()


class _Tracer:
    """One request on its way."""

    def __init__(self, world: World, request: Request, holds: Holds) -> None:
        self._holds = holds
        self._unit = world.objects
        self._request = request
        self._entries = self._unit.of(Entries)
        self._way = Way(request)

    def trace(self) -> Trace:
        """Follows the request to its end."""
        return self._way.traced(self._outcome())

    def _outcome(self) -> Outcome:
        entries = self._entries.of(self._request)
        if not entries:
            return self._nobody_listens()
        if len(entries) > 1:
            entries = [one for one in entries if self._holds(one.gateway.manifest.path)] or entries
        if len(entries) > 1:
            names = ", ".join(sorted(one.gateway.title for one in entries))
            return unknown(f"several Gateways listen there: {names}")
        entry = entries[0]
        self._entered(entry)
        if not entry.sure or entry.holder.manifest.patched:
            return unknown(f"what {entry.holder.title} listens to is not settled")
        streams = entry.listener.protocol in _STREAMS
        return RouteTracer(self._entries.unit_of, self._way, streams=streams).follow(self._entries.routes(entry))

    def _nobody_listens(self) -> Outcome:
        if not self._entries.gateways(self._request):
            named = f" {self._request.gateway}" if self._request.gateway else ""
            return unknown(f"there is no Gateway{named} in these files")
        reason = f"no listener takes {self._request.host or '*'} at port {self._request.to_port}"
        if self._request.scheme not in SCHEME_PORTS:
            return Outcome(OutcomeKind.ERROR, reason=reason)
        return failed(_NOT_FOUND, reason)

    def _entered(self, entry: Entry) -> None:
        listener = entry.listener
        text = f"listener {listener.name} takes {listener.hostname or 'every host'} at port {listener.port} ({listener.protocol})"
        self._way.step("listener", subject_of(entry.holder), listener.place, text)

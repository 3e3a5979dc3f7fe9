"""By which listener a request comes in, and which routes wait there.

Source: gateway-api v1.6.1 `apis/v1/gateway_types.go` (Listener.hostname, listener isolation), `listenerset_types.go`; GEP-1713.
"""

from __future__ import annotations

from typing import NamedTuple

from kubelint_lb.kube.gateway import Gateway, Listener, ListenerHolder, ListenerSet
from kubelint_lb.kube.hosts import intersects, specificity
from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.route import Route
from kubelint_lb.traffic.attachment import Attachments, namespace_allowed
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.request import Request
from kubelint_lb.traffic.resolve import Resolver

# What a client speaks, and the listeners that take it. Who speaks HTTPS may meet one that only looks at the name (TLS).
_PROTOCOLS = {"http": ("HTTP",), "https": ("HTTPS", "TLS"), "tls": ("TLS", "HTTPS"), "tcp": ("TCP",), "udp": ("UDP",)}
_KINDS = ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute")


class Entry(NamedTuple):
    """A listener, whose it is, and the Gateway that opens it. `sure` is False where a placeholder decides."""

    gateway: Gateway
    holder: ListenerHolder
    listener: Listener
    sure: bool


class Entries:
    """The listeners of the Gateways of a unit and of those that land beside it, with those that ListenerSets add."""

    def __init__(self, unit: Objects) -> None:
        self._unit = unit
        self._units = unit.cluster.companions(unit)
        self._owners: dict[Route, Objects] = {}
        self._gateways = [one for other in self._units for one in other.all("Gateway") if isinstance(one, Gateway)]
        self._opened: dict[Gateway, list[tuple[ListenerHolder, Listener]]] = {}
        self._attached: dict[tuple[ListenerHolder, int], dict[Route, bool]] = {}

    def gateways(self, request: Request) -> list[Gateway]:
        """The Gateways that a request may mean."""
        return [one for one in self._gateways if request.gateway in {"", f"{one.namespace or 'default'}/{one.name}"}]

    def of(self, request: Request) -> list[Entry]:
        """The most specific listeners that take a request, one a Gateway; several where several Gateways may be meant."""
        found = (self._best(gateway, request) for gateway in self.gateways(request))
        return [one for one in found if one is not None]

    def _best(self, gateway: Gateway, request: Request) -> Entry | None:
        found = []
        for holder, listener in self._listeners(gateway):
            if listener.port != request.to_port or listener.protocol not in _PROTOCOLS.get(request.scheme, ()):
                continue
            answer = intersects(listener.hostname, request.hostname) if request.hostname or not listener.hostname else False
            if answer is not False:
                found.append(Entry(gateway, holder, listener, answer is True))
        return min(found, key=lambda one: specificity(one.listener.hostname), default=None)

    def _listeners(self, gateway: Gateway) -> list[tuple[ListenerHolder, Listener]]:
        """The Gateway's own first: where two are the same, the later one is in conflict and not served."""
        if gateway not in self._opened:
            found: dict[tuple[int | None, str, str], tuple[ListenerHolder, Listener]] = {}
            for holder in (gateway, *self._sets(gateway)):
                for listener in holder.listeners:
                    key = (listener.port, listener.protocol, (listener.hostname or "").lower())
                    found.setdefault(key, (holder, listener))
            self._opened[gateway] = list(found.values())
        return self._opened[gateway]

    def _sets(self, gateway: Gateway) -> list[ListenerSet]:
        allowed = gateway.allowed_listeners
        found = []
        for unit in self._units:
            resolver = unit.of(Resolver)
            for one in unit.all("ListenerSet"):
                if not isinstance(one, ListenerSet) or one.parent is None:
                    continue
                if gateway in resolver.resolve(one.parent).targets and namespace_allowed(allowed, gateway, one, unit):
                    found.append(one)
        return sorted(found, key=lambda one: (one.namespace or "", one.name))

    def routes(self, entry: Entry) -> dict[Route, bool]:
        """The routes that attach to a listener and share a hostname with it: surely (True), or maybe."""
        key = (entry.holder, entry.holder.listeners.index(entry.listener))
        if key not in self._attached:
            self._attached[key] = self._routes(entry)
        return self._attached[key]

    def _routes(self, entry: Entry) -> dict[Route, bool]:
        found = {}
        kinds = [kind for kind in _KINDS if entry.listener.carries(kind) is not False]
        for unit in self._units:
            for route in unit.all(*kinds):
                attached = self._is_attached(route, entry, unit) if isinstance(route, Route) else False
                if isinstance(route, Route) and attached is not False:
                    found[route] = attached is True
                    self._owners[route] = unit
        return found

    def unit_of(self, route: Route) -> Objects:
        """The unit of a route that was found at a listener."""
        return self._owners.get(route, self._unit)

    def _is_attached(self, route: Route, entry: Entry, unit: Objects) -> bool | None:
        hostnames: list[str | None] = [node.text for node in route.hostnames] or [None]
        if all(intersects(entry.listener.hostname, one) is False for one in hostnames):
            return False
        answers: set[bool | None] = {False}
        for parent in route.parents:
            if parent.is_listener_holder and entry.holder in unit.of(Resolver).resolve(parent.reference).targets:
                attachment = unit.of(Attachments).attach(route, parent, entry.holder)
                if any(one is entry.listener for one in attachment.admitting):
                    return True
                if any(one is entry.listener for one in attachment.allowing):
                    answers.add(None)
        # The labels of a Namespace that is here are all that there are, as far as these files go.
        known = route.namespace is not None and any(one.named(KINDS["Namespace"], route.namespace) for one in self._units)
        return None if None in answers and not known else False

"""What is true of the traffic of a unit besides where requests go: who can reach it, what becomes of clients, who has pods."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from kubelint_lb.controllers.which import routing_annotations
from kubelint_lb.kube.gateway import Gateway, ListenerHolder
from kubelint_lb.kube.ingress import Ingress
from kubelint_lb.kube.route import Route
from kubelint_lb.kube.service import DEFAULT_AFFINITY_SECONDS, Service
from kubelint_lb.kube.values import flattened, mappings, name_text
from kubelint_lb.source.node import Node
from kubelint_lb.source.place import Location, location
from kubelint_lb.traffic.behind import Behind
from kubelint_lb.traffic.meetings import Meetings
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.picture import match_words
from kubelint_lb.traffic.selection import Selector
from kubelint_lb.traffic.world import World

# Of an address without source ranges.
EVERYWHERE = "from everywhere"
# What traces tell already.
_TRACED = ("canary", "rewrite-target", "permanent-redirect", "temporal-redirect", "app-root", "server-alias", "actions.")
_TLS = ("ssl-redirect", "force-ssl-redirect")


class FactKind(Enum):
    """What a fact is about."""

    ADDRESS = "address"
    LISTENER = "listener"
    HOST = "host"
    CLIENTS = "clients"
    PODS = "pods"


class Fact(NamedTuple):
    """What holds of a subject. `parts` are compared: for addresses and listeners, more parts are more that is open."""

    kind: FactKind
    subject: str
    parts: tuple[str, ...]
    place: Location

    @property
    def words(self) -> str:
        """The parts for people."""
        return ", ".join(self.parts)


def facts_of(world: World) -> dict[tuple[FactKind, str], Fact]:
    """The facts of a unit, by what they are about."""
    unit = world.objects
    found: dict[tuple[FactKind, str], Fact] = {}
    for fact in (*_of_services(unit), *_of_gateways(unit), *_of_ingresses(unit), *_of_routes(unit)):
        found.setdefault((fact.kind, fact.subject), fact)
    return found


def _of_services(unit: Objects) -> Iterator[Fact]:
    for service in unit.all("Service"):
        if not isinstance(service, Service):
            continue
        if service.is_exposed:
            yield Fact(FactKind.ADDRESS, service.title, _address(service), location(service.place("spec", "type")))
        for name, value, node in _habits(service):
            yield Fact(FactKind.CLIENTS, f"{service.title}: {name}", (value,), location(node))
        if not service.external_name and service.selector:
            yield Fact(FactKind.PODS, service.title, _pods(unit, service), location(service.place("spec", "selector")))


def _address(service: Service) -> tuple[str, ...]:
    ports = [f":{port.port}" + (f" at node port {port.node_port}" if port.node_port else "") for port in service.ports]
    return (service.type, *ports, *([f"from {one}" for one in service.source_ranges] or [EVERYWHERE]))


def _habits(service: Service) -> Iterator[tuple[str, str, Node]]:
    """How clients are told apart and kept, where a Service says so."""
    if service.is_exposed:
        place = service.place("spec", "externalTrafficPolicy")
        yield "externalTrafficPolicy", service.external_policy or "Cluster", place
    if service.affinity == "ClientIP":
        seconds = name_text(service.affinity_timeout) if service.affinity_timeout is not None else None
        yield "sessionAffinity", f"ClientIP for {seconds or DEFAULT_AFFINITY_SECONDS} s", service.place("spec", "sessionAffinity")
    for field in ("internalTrafficPolicy", "trafficDistribution"):
        value = name_text(service.at("spec", field))
        if value and value != "Cluster":
            yield field, value, service.place("spec", field)


def _pods(unit: Objects, service: Service) -> tuple[str, ...]:
    lost = unit.of(Behind).lost(service)
    if lost:
        return (f"no pods ({lost})",)
    return ("pods",) if unit.of(Selector).select(service).found else ()


def _of_gateways(unit: Objects) -> Iterator[Fact]:
    for holder in unit.all("Gateway", "ListenerSet"):
        if not isinstance(holder, ListenerHolder):
            continue
        for one in holder.listeners:
            subject = f"{holder.title}: {one.protocol} :{one.port} {one.hostname or 'for every host'}"
            mode = one.tls_mode if one.is_encrypted else ""
            parts = ("open", *((f"TLS {mode}",) if mode == "Passthrough" else ()))
            yield Fact(FactKind.LISTENER, subject, parts, location(one.place))
        addresses = [text for one in mappings(holder.at("spec", "addresses")) if (text := name_text(one.get("value")))]
        if addresses and isinstance(holder, Gateway):
            yield Fact(FactKind.ADDRESS, holder.title, tuple(addresses), location(holder.place("spec", "addresses")))


def _of_ingresses(unit: Objects) -> Iterator[Fact]:
    for ingress in unit.all("Ingress"):
        if not isinstance(ingress, Ingress):
            continue
        for host, node in sorted(ingress.host_nodes.items()):
            secure = any(one.covers(host) for one in ingress.tls)
            yield Fact(FactKind.HOST, host, ("TLS",) if secure else ("no TLS",), location(node))
        for name, value in sorted(routing_annotations(ingress).items()):
            if not name.partition("/")[2].startswith((*_TRACED, *_TLS)):
                place = ingress.annotation(name) or ingress.manifest.name_node
                yield Fact(FactKind.CLIENTS, f"{ingress.title}: {name}", (value,), location(place))


def _of_routes(unit: Objects) -> Iterator[Fact]:
    for route in unit.all("Route"):
        if not isinstance(route, Route):
            continue
        listeners = [one.listener for one in unit.of(Meetings).of_route(route)]
        for node in route.hostnames if listeners else ():
            secure = any(one.is_encrypted for one in listeners)
            yield Fact(FactKind.HOST, node.text, ("TLS",) if secure else ("no TLS",), location(node))
        for rule in route.rules:
            for field in ("timeouts", "retry", "sessionPersistence"):
                settings = rule.node.get(field)
                if settings is not None:
                    subject = f"{route.title}, {', '.join(match_words(rule))}: {field}"
                    yield Fact(FactKind.CLIENTS, subject, flattened(settings), location(settings))

"""Where a request to a Service goes, from inside of the cluster or to its address outside.

By the routes that have it as their parent (GAMMA, GEP-1294), else straight to its pods as kube-proxy sends them.
"""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.networks import is_in
from kubelint_lb.kube.route import Route
from kubelint_lb.kube.service import DEFAULT_AFFINITY_SECONDS, Service
from kubelint_lb.kube.values import integer, name_text
from kubelint_lb.source.placeholder import is_open
from kubelint_lb.traffic.behind import Behind
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.request import Backend, Outcome, OutcomeKind, Request, Trace, subject_of
from kubelint_lb.traffic.resolve import Resolver
from kubelint_lb.traffic.route_trace import RouteTracer
from kubelint_lb.traffic.way import Way, failed, unknown
from kubelint_lb.traffic.world import World

_NO_ENDPOINTS = 503


def trace_service(world: World, request: Request) -> Trace:
    """What becomes of a request to the Service that it names (`namespace/name`)."""
    way = Way(request)
    return way.traced(_outcome(world.objects, way))


def _outcome(unit: Objects, way: Way) -> Outcome:
    namespace, _, name = way.request.service.rpartition("/")
    found = [
        view
        for one in unit.named(KINDS["Service"], name)
        if (one.namespace or "default") == (namespace or "default") and isinstance(view := unit.view(one), Service)
    ]
    if len(found) != 1:
        return unknown(
            f"there is no Service {way.request.service} in these files" if not found else f"several files define {name}"
        )
    service, number = found[0], way.request.to_port
    if way.request.client and service.is_exposed:
        return _from_outside(unit, way, service, number)
    routes = _routes(unit, service, number)
    if routes:
        way.step("mesh", subject_of(service), service.manifest.name_node, "has routes of its own in a mesh")
        return RouteTracer(lambda _: unit, way).follow(routes)
    return _direct(unit, way, service, number)


def _routes(unit: Objects, service: Service, number: int) -> dict[Route, bool]:
    """The HTTPRoutes and GRPCRoutes whose parent is the Service, or that port of it."""
    resolver = unit.of(Resolver)
    return {
        route: not is_open(route.name)
        for route in unit.all("HTTPRoute", "GRPCRoute")
        if isinstance(route, Route)
        for parent in route.parents
        if parent.reference.target == KINDS["Service"] and parent.port in {None, number}
        if service in resolver.resolve(parent.reference).targets
    }


def _direct(unit: Objects, way: Way, service: Service, number: int) -> Outcome:
    ports = service.ports_numbered(number)
    if service.ports and not ports and service.settled and not service.headless:
        return failed(_NO_ENDPOINTS, f"it has no port {number}: its ports are {service.ports_text}")
    for text in _habits(service):
        way.step("service", subject_of(service), service.manifest.name_node, text)
    empty = unit.of(Behind).lost(service)
    if empty:
        return failed(_NO_ENDPOINTS, empty)
    way.steps(unit.of(Behind).steps(service, ports))
    backend = Backend("Service", service.namespace or "default", service.name, number, 100.0)
    return Outcome(OutcomeKind.BACKENDS, (backend,))


def _from_outside(unit: Objects, way: Way, service: Service, number: int) -> Outcome:
    """By the load balancer or a node's port, for a client with an address."""
    ranges = service.source_ranges
    if any(is_open(one) for one in ranges):
        return unknown("loadBalancerSourceRanges are filled in later")
    if ranges and service.type == "LoadBalancer" and not is_in(way.request.client, ranges):
        place = service.place("spec", "loadBalancerSourceRanges")
        way.step("address", subject_of(service), place, f"{way.request.client} is in none of its source ranges")
        return Outcome(OutcomeKind.ERROR, reason=f"{service.title} takes no connections from {way.request.client}")
    place = service.place("spec", "externalTrafficPolicy")
    if service.external_policy == "Local":
        text = "sends to pods of the node that takes the connection, which see the client's address"
    else:
        text = "may send to another node, so that pods see a node's address in place of the client's"
    way.step("address", subject_of(service), place, text)
    numbers = [one.port for one in service.ports if number in {one.port, one.node_port} and one.port is not None]
    return _direct(unit, way, service, numbers[0] if numbers else number)


def _habits(service: Service) -> Iterator[str]:
    """How kube-proxy chooses among its pods."""
    if service.affinity == "ClientIP":
        seconds = integer(service.affinity_timeout) if service.affinity_timeout is not None else None
        yield f"keeps a client's address at one pod for {seconds or DEFAULT_AFFINITY_SECONDS} s"
    if service.internal_policy == "Local":
        yield "sends to pods of the client's own node alone, and drops what finds none there"
    preference = name_text(service.at("spec", "trafficDistribution"))
    if preference:
        yield f"prefers near pods ({preference})"

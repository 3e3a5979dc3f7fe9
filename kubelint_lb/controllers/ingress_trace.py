"""Where a request goes by Ingresses: the controller that serves the host, its path, redirects and shares, Services and pods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from kubelint_lb.controllers.alb.groups import GROUP_NAME
from kubelint_lb.controllers.alb.routing import AlbRouting
from kubelint_lb.controllers.contour.routing import ContourRouting
from kubelint_lb.controllers.gke.routing import GkeRouting
from kubelint_lb.controllers.haproxy.routing import HaproxyRouting
from kubelint_lb.controllers.haproxy_tech.routing import HaproxyTechRouting
from kubelint_lb.controllers.kong.routing import KongRouting
from kubelint_lb.controllers.nginx.routing import NginxRouting
from kubelint_lb.controllers.nginx_inc.routing import NginxIncRouting
from kubelint_lb.controllers.routing import Candidate, Routing, Share
from kubelint_lb.controllers.traefik.routing import TraefikRouting
from kubelint_lb.controllers.which import (
    ALB,
    CONTOUR,
    GKE,
    HAPROXY_INGRESS,
    HAPROXY_TECH,
    KONG,
    NGINX,
    NGINX_INC,
    TRAEFIK,
    class_of,
    controller_of,
)
from kubelint_lb.kube.ingress import Ingress, IngressBackend
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.weights import percent
from kubelint_lb.source.placeholder import is_open
from kubelint_lb.traffic.behind import Behind
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.request import Backend, Outcome, OutcomeKind, Redirect, Request, Subject, Trace, subject_of
from kubelint_lb.traffic.resolve import Resolver
from kubelint_lb.traffic.way import Way, failed, unknown
from kubelint_lb.traffic.world import World

_ROUTINGS: dict[str | None, type[Routing]] = {
    ALB: AlbRouting,
    CONTOUR: ContourRouting,
    GKE: GkeRouting,
    HAPROXY_INGRESS: HaproxyRouting,
    HAPROXY_TECH: HaproxyTechRouting,
    KONG: KongRouting,
    NGINX: NginxRouting,
    NGINX_INC: NginxIncRouting,
    TRAEFIK: TraefikRouting,
}
# Statuses from here on are errors.
_ERRORS = 400


class Plane(NamedTuple):
    """Ingresses that one data plane serves, the class and the controller that they have, and how that routes."""

    ingress_class: str | None
    controller: str | None
    routing: Routing

    @property
    def title(self) -> str:
        """The controller, or the class where nobody knows it."""
        return self.controller or (f"the controller of class {self.ingress_class}" if self.ingress_class else "some controller")


def planes_of(world: World, way: Way) -> list[Plane]:
    """The data planes that a request may mean, in order of reading."""
    request = way.request
    unit, landed = world.objects, world.landed
    found: dict[tuple[str | None, ...], list[Ingress]] = defaultdict(list)
    for view in (view for one in unit.cluster.companions(unit) for view in one.all("Ingress")):
        if not isinstance(view, Ingress) or view.is_solver:
            continue
        name = class_of(view, unit, landed.default_ingress_class)
        if request.ingress_class in {"", name or ""}:
            controller = controller_of(view, unit, landed.class_controllers, landed.default_ingress_class)
            found[name, controller, *_balancer(view, controller)].append(view)
    return [
        Plane(name, controller, _ROUTINGS.get(controller, Routing)(unit, ingresses, way))
        for (name, controller, *_), ingresses in found.items()
    ]


def trace_ingresses(world: World, request: Request, holds: Callable[[str], bool]) -> Trace | None:
    """What the Ingresses of a unit make of a request; None where none has anything to say about its host."""
    way = Way(request)
    found = [(plane, plane.routing.candidates()) for plane in planes_of(world, way)]
    found = [(plane, candidates) for plane, candidates in found if candidates or _names(plane)]
    named = [one for one in found if _names(one[0])] or found
    if len(named) > 1:
        named = [one for one in named if any(holds(it.ingress.manifest.path) for it in one[1])] or named
    if not named:
        return None
    if len(named) > 1:
        titles = ", ".join(sorted({one[1][0].ingress.title if one[1] else one[0].title for one in named}))
        return way.traced(unknown(f"several controllers or load balancers serve this host: {titles}"))
    unit = world.objects
    owners = {id(one): other for other in unit.cluster.companions(unit) for one in other.all("Ingress")}
    return _Tracer(owners, *named[0], way).trace()


def _balancer(ingress: Ingress, controller: str | None) -> tuple[str, ...]:
    """The load balancer that an Ingress has for itself, or shares with its group."""
    if controller not in {ALB, GKE}:
        return ()
    group = ingress.annotations.get(GROUP_NAME, "") if controller == ALB else ""
    return (group or f"{ingress.namespace or ''}/{ingress.name}",)


def _names(plane: Plane) -> bool:
    """A rule of the plane's Ingresses has, or may have, the host of the request."""
    takes = plane.routing.takes_host
    return any(host and takes(host.lower()) is not False for one in plane.routing.ingresses for host in one.hosts)


class _Tracer:
    """One request at one data plane."""

    def __init__(self, owners: Mapping[int, Objects], plane: Plane, candidates: Sequence[Candidate], way: Way) -> None:
        self._owners = owners
        self._plane = plane
        self._routing = plane.routing
        self._candidates = list(candidates)
        self._way = way

    def trace(self) -> Trace:
        """Follows the request to its end."""
        return self._way.traced(self._outcome())

    def _outcome(self) -> Outcome:
        if self._routing.drops_empty:
            self._candidates = [
                one for one in self._candidates if one.backend is None or not self._lost(one.backend, one.ingress)
            ]
        if not self._candidates:
            return failed(self._routing.nothing_found, f"{self._plane.title} has no path for it")
        winner = self._candidates[0]
        if not winner.sure or not winner.ingress.settled:
            return unknown(f"whether {winner.title} of {winner.ingress.title} takes the request is not known")
        rival = self._rival(winner)
        if rival is not None:
            return unknown(f"{winner.ingress.title} and {rival.ingress.title} both have {winner.title}: the older one wins")
        self._won(winner)
        doubt = self._routing.doubt(winner)
        if doubt:
            return unknown(doubt)
        ends = self._routing.redirected(winner)
        if isinstance(ends, Redirect):
            return Outcome(OutcomeKind.REDIRECT, redirect=ends)
        if ends is not None:
            words = "refuses it" if ends >= _ERRORS else "answers it"
            return failed(ends, f"{self._plane.title} {words} by itself")
        return self._shared(winner)

    def _rival(self, winner: Candidate) -> Candidate | None:
        """Another Ingress with the very path, and another backend: files do not say which is older."""
        for one in self._candidates[1:]:
            if one.rank == winner.rank and one.ingress is not winner.ingress and _goes_to(one) != _goes_to(winner):
                return one
        return None

    def _won(self, winner: Candidate) -> None:
        ingress, path = winner.ingress, winner.path
        self._way.step("ingress", subject_of(ingress), ingress.class_place, f"is served by {self._plane.title}")
        text = f"{winner.title} takes the request" + (f" ({path.type_text})" if path is not None else "")
        self._way.step("rule", subject_of(ingress), winner.node, text)
        for one in self._candidates[1:]:
            why = self._routing.criterion(winner, one)
            self._way.lost(subject_of(one.ingress), one.node, f"{one.title} matches as well; {winner.title} wins: {why}")

    def _shared(self, winner: Candidate) -> Outcome:
        shares = self._routing.shares(winner)
        if not shares:
            return unknown(f"the backend of {winner.title} is no Service")
        good, reasons = [], []
        for one in shares:
            backend = one.backend
            if is_open(backend.reference.name):
                return unknown(f"the backend of {winner.title} is filled in later")
            lost = self._lost(backend, winner.ingress)
            status = self._routing.no_endpoints
            text = f"{percent(one.percent)} to {backend.reference.name}" + (
                f": {lost}, so that they get {status}" if lost else ""
            )
            self._way.step("backend", Subject(backend.reference.name), backend.reference.node, text)
            if lost:
                reasons.append(lost)
            else:
                good.append(self._reached(one, winner.ingress))
        if not good:
            return failed(self._routing.no_endpoints, reasons[0])
        outcome = Outcome(OutcomeKind.BACKENDS, tuple(good))
        return outcome._replace(status=self._routing.no_endpoints, reason=reasons[0]) if reasons else outcome

    def _reached(self, share: Share, ingress: Ingress) -> Backend:
        backend, services = share.backend, self._services(share.backend, ingress)
        ports = backend.ports_of(services[0]) if services else []
        if services:
            self._way.steps(self._owners[id(ingress)].of(Behind).steps(services[0], ports))
        number = backend.port_number if backend.port_number is not None else ports[0].port if ports else None
        namespace = backend.reference.namespace or "default"
        return Backend("Service", namespace, backend.reference.name, number, round(share.percent, 2))

    def _lost(self, backend: IngressBackend, ingress: Ingress) -> str:
        """Why a backend surely has nothing to answer with; empty where it has, or may."""
        if self._owners[id(ingress)].of(Resolver).resolve(backend.reference).missing:
            return "it does not exist"
        services = self._services(backend, ingress)
        if len(services) != 1:
            return ""
        service = services[0]
        known = service.settled and bool(service.ports) and not is_open(backend.port_text)
        if known and not service.external_name and not any(port.open for port in service.ports) and not backend.ports_of(service):
            return f"it has no port {backend.port_text}"
        return self._owners[id(ingress)].of(Behind).lost(service)

    def _services(self, backend: IngressBackend, ingress: Ingress) -> list[Service]:
        found = self._owners[id(ingress)].of(Resolver).resolve(backend.reference).targets
        return [one for one in found if isinstance(one, Service)]


def _goes_to(candidate: Candidate) -> object:
    backend = candidate.backend
    return (backend.reference.namespace, backend.reference.name, backend.port_text) if backend is not None else None

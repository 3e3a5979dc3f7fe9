"""The traffic of a unit as boxes and arrows: entries, routes by host and path, Services, pods.

A picture is plain data, read off the graph; `kubelint_lb.output.flow` draws it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from kubelint_lb.kube.gateway import Gateway, ListenerHolder
from kubelint_lb.kube.ingress import Ingress
from kubelint_lb.kube.refers import Role
from kubelint_lb.kube.route import Route, RouteRule
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.values import name_text
from kubelint_lb.kube.view import View
from kubelint_lb.kube.weights import percent, shares
from kubelint_lb.source.node import Mapping
from kubelint_lb.source.place import Location, location
from kubelint_lb.traffic.graph import Edge, Graph
from kubelint_lb.traffic.matches import call_words, named_values, path_words
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.resolve import State

_MOST = 3
_ORDER = ("entry", "route", "service", "pods")


class BoxKind(StrEnum):
    """What a box stands for, from left to right."""

    ENTRY = "entry"
    ROUTE = "route"
    SERVICE = "service"
    PODS = "pods"


class Presence(StrEnum):
    """Whether what a box stands for is there."""

    HERE = "here"
    MISSING = "missing"
    ELSEWHERE = "elsewhere"


class Box(NamedTuple):
    """A thing that requests pass. `subject` is the object (kind, namespace, name), `place` where it stands; `hosts` are those of
    a route. `part` is what of the object it is, where it is not all of it."""

    key: str
    kind: BoxKind
    lines: tuple[str, ...]
    subject: tuple[str, str | None, str]
    place: Location | None = None
    hosts: tuple[str, ...] = ()
    presence: Presence = Presence.HERE
    part: Location | None = None


class Arrow(NamedTuple):
    """Requests go from one box to another: all of them, or what the label says. `copies`: they are mirrored."""

    source: str
    target: str
    label: str = ""
    copies: bool = False


class Picture(NamedTuple):
    """The boxes and arrows of one unit."""

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    def around(self, focus: str) -> Picture:
        """What leads to the boxes of an object (`namespace/name` or `name`) or a host, and what they lead to."""
        chosen = {one.key for one in self.boxes if _is_meant(one, focus)}
        kept = chosen | _reached(chosen, [(one.source, one.target) for one in self.arrows])
        kept |= _reached(chosen, [(one.target, one.source) for one in self.arrows])
        arrows = tuple(one for one in self.arrows if one.source in kept and one.target in kept)
        return self._replace(boxes=tuple(one for one in self.boxes if one.key in kept), arrows=arrows)


def picture_of(unit: Objects) -> Picture:
    """The picture of a unit."""
    return _Painter(unit).picture()


class _Painter:
    def __init__(self, unit: Objects) -> None:
        self._unit = unit
        self._graph = unit.of(Graph)
        self._boxes: dict[str, Box] = {}
        self._arrows: dict[Arrow, None] = {}

    def picture(self) -> Picture:
        for view in self._unit.all("Gateway", "ListenerSet"):
            if isinstance(view, ListenerHolder):
                self._entry(view)
        for view in self._unit.all("Ingress", "Route", "CustomRoute"):
            if isinstance(view, Ingress):
                self._ingress(view)
            elif isinstance(view, Route):
                self._route(view)
            elif view.kind != "Rollout":
                self._custom(view)
        for view in self._unit.all("Service"):
            if isinstance(view, Service):
                self._service(view)
        boxes = sorted(self._boxes.values(), key=lambda one: (_ORDER.index(one.kind.value), one.key))
        return Picture(self._unit.name, tuple(boxes), tuple(self._arrows))

    def _add(self, box: Box) -> str:
        self._boxes.setdefault(box.key, box)
        return box.key

    def _arrow(self, source: str, target: str, label: str = "", *, copies: bool = False) -> None:
        self._arrows[Arrow(source, target, label, copies)] = None

    def _box(self, view: View, kind: BoxKind, *more: str) -> str:
        key = f"{kind.value}:{_key(view)}"
        subject = (view.kind, view.namespace, view.name)
        return self._add(Box(key, kind, (view.title, *more), subject, location(view.manifest.name_node)))

    def _entry(self, holder: ListenerHolder) -> str:
        listeners = [f"{one.protocol} :{one.port} {one.hostname or ''}".rstrip() for one in holder.listeners]
        key = self._box(holder, BoxKind.ENTRY, *_few(listeners))
        if not isinstance(holder, Gateway):
            for edge in self._graph.edges_from(holder):
                if edge.role is Role.PARENT:
                    self._arrow(self._target(edge, BoxKind.ENTRY), key)
        return key

    def _ingress(self, ingress: Ingress) -> None:
        name = ingress.class_name
        title = f"Ingress class {name}" if name else "Ingress, default class"
        entry = self._add(Box(f"entry:class/{name or ''}", BoxKind.ENTRY, (title,), ("IngressClass", None, name or "")))
        by_node = {id(edge.node): edge for edge in self._graph.edges_from(ingress) if edge.role is Role.BACKEND}
        found = [(ingress.default_backend, "what no rule matches", "", ingress.at("spec", "defaultBackend"))]
        found += [(path.backend, path.route, path.host, path.node) for path in ingress.paths]
        for backend, words, host, part in found:
            if backend is None:
                continue
            edge = by_node[id(backend.reference.node)]
            subject = (ingress.kind, ingress.namespace, ingress.name)
            hosts, place = (host,) if host else (), location(backend.reference.node)
            whole = location(part) if part is not None else None
            lines = (words, ingress.title)
            name = f"route:{_key(ingress)}/{words}"
            key = self._add(Box(name, BoxKind.ROUTE, lines, subject, place, hosts, part=whole))
            self._arrow(entry, key)
            self._arrow(key, self._target(edge, BoxKind.SERVICE))

    def _route(self, route: Route) -> None:
        edges = {id(edge.node): edge for edge in self._graph.edges_from(route)}
        entries = [self._target(edge, _parent_kind(edge)) for edge in edges.values() if edge.role is Role.PARENT]
        hosts = tuple(node.text for node in route.hostnames)
        for rule in route.rules:
            matches = _few(f"{host}{match}" for host in hosts or ("*",) for match in match_words(rule))
            lines = (*matches, _rule_title(rule), *(["redirects"] if _redirects(rule) else []))
            subject = (route.kind, route.namespace, route.name)
            key = self._add(
                Box(
                    f"route:{_key(route)}/{rule.index}",
                    BoxKind.ROUTE,
                    lines,
                    subject,
                    location(rule.node),
                    hosts,
                    part=location(rule.node),
                )
            )
            for entry in entries:
                self._arrow(entry, key)
            parts = shares([one.weight or 0 for one in rule.backend_refs])
            for backend, share in zip(rule.backend_refs, parts, strict=True):
                edge = edges[id(backend.reference.node)]
                self._arrow(key, self._target(edge, BoxKind.SERVICE), percent(share) if len(parts) > 1 else "")
            for backend in rule.all_refs:
                if backend.role == "mirror":
                    self._arrow(key, self._target(edges[id(backend.reference.node)], BoxKind.SERVICE), "mirror", copies=True)

    def _custom(self, view: View) -> None:
        found = [edge for edge in self._graph.edges_from(view) if edge.role is Role.BACKEND]
        if found:
            key = self._box(view, BoxKind.ROUTE)
            for edge in found:
                kind = BoxKind.ROUTE if edge.target.kind == "TraefikService" else BoxKind.SERVICE
                self._arrow(key, self._target(edge, kind))

    def _service(self, service: Service) -> None:
        key = self._service_box(service)
        if service.is_exposed:
            subject = (service.type, service.namespace, service.name)  # what is found in it is shown at the Service
            ports = _few(_outside(service))
            lines, place = (service.type, *ports), service.place("spec", "type")
            entry = self._add(Box(f"entry:{_key(service)}", BoxKind.ENTRY, lines, subject, location(place)))
            self._arrow(entry, key)
        for edge in self._graph.edges_from(service):
            if edge.targets or edge.answer is State.MISSING:
                self._arrow(key, self._target(edge, BoxKind.PODS))

    def _service_box(self, service: Service) -> str:
        ports = [f":{port.port} → {port.target}" for port in service.ports]
        more = [service.type] if service.type != "ClusterIP" else ["headless"] if service.headless else []
        return self._box(service, BoxKind.SERVICE, *more, *_few(ports))

    def _target(self, edge: Edge, kind: BoxKind) -> str:
        """The box of what an edge leads to; one for what is missing or elsewhere, too."""
        for view in edge.targets[:1]:
            if isinstance(view, Service):
                return self._service_box(view)
            if isinstance(view, ListenerHolder):
                return self._entry(view)
            return self._box(view, kind)
        presence = Presence.MISSING if edge.answer is State.MISSING else Presence.ELSEWHERE
        where = f"{edge.namespace}/" if edge.namespace else ""
        name = f"{where}{edge.name}" if edge.name else "no pods"
        title = f"{edge.target.kind} {name}" if edge.name else name
        words = "missing" if presence is Presence.MISSING else "not in these files"
        key = f"{kind.value}:{edge.target.kind}/{where}{edge.name or edge.source.name}?"
        subject = (edge.target.kind, edge.namespace, edge.name)
        return self._add(Box(key, kind, (title, words) if edge.name else (title,), subject, location(edge.node), (), presence))


def _key(view: View) -> str:
    return f"{view.kind}/{view.namespace or ''}/{view.name}"


def _parent_kind(edge: Edge) -> BoxKind:
    return BoxKind.SERVICE if edge.target.kind == "Service" else BoxKind.ENTRY


def _few(lines: Iterable[str]) -> tuple[str, ...]:
    found = list(dict.fromkeys(lines))
    return (*found[:_MOST], f"and {len(found) - _MOST} more") if len(found) > _MOST + 1 else tuple(found)


def _outside(service: Service) -> Iterator[str]:
    for port in service.ports:
        yield f":{port.port}" + (f" (node port {port.node_port})" if port.node_port else "")


def _rule_title(rule: RouteRule) -> str:
    return f"{rule.route.title}, rule {rule.index + 1}" if len(rule.route.rules) > 1 else rule.route.title


def _redirects(rule: RouteRule) -> bool:
    return any(name_text(one.get("type")) == "RequestRedirect" for one in rule.filters)


def match_words(rule: RouteRule) -> Iterator[str]:
    """The matches of a rule in words: `/cart`, `= /cart`, `POST /cart [X-Next: yes]`."""
    for match in rule.matches or (None,):
        yield _match(rule.route, match)


def _match(route: Route, match: Mapping | None) -> str:
    if match is None:
        return "/"
    if route.kind == "GRPCRoute":
        _, service, method = call_words(match.get("method"))
        words = f"/{service or '*'}/{method or '*'}"
    else:
        kind, value = path_words(match.get("path"))
        words = {"Exact": f" = {value}", "RegularExpression": f" ~ {value}"}.get(kind, value)
        method = name_text(match.get("method")) or ""
        words += f" {method}" if method else ""
    headers = sorted(named_values(match.get("headers"), ignore_case=True))
    queries = sorted(named_values(match.get("queryParams"), ignore_case=False))
    said = [f" [{name}: {value}]" for name, _, value in headers] + [f" [?{name}={value}]" for name, _, value in queries]
    return words + "".join(said)


def _is_meant(box: Box, focus: str) -> bool:
    kind, namespace, name = box.subject
    named = focus in {name, f"{namespace or 'default'}/{name}", f"{kind}/{name}"}
    return named or focus.lower() in {host.lower() for host in box.hosts}


def _reached(start: set[str], steps: list[tuple[str, str]]) -> set[str]:
    following: dict[str, list[str]] = {}
    for source, target in steps:
        following.setdefault(source, []).append(target)
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        for target in following.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found

"""How the objects of a unit hang together: one edge for each reference and each selected workload.

What a rule, a trace, a comparison or a picture follows from object to object stands here once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from kubelint_lb.kube.kinds import GroupKind
from kubelint_lb.kube.refers import POLICIES, Role, ties_of
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Node
from kubelint_lb.traffic.budgets import Budgets
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.resolve import Resolver, State
from kubelint_lb.traffic.selection import Selector

_ROUTES = ("Ingress", "Gateway", "ListenerSet", "Route", "CustomRoute", "Canary")
_SOURCES = (*_ROUTES, "Autoscaler", "StatefulSet", *POLICIES, "Service", "PodDisruptionBudget")


class Edge(NamedTuple):
    """One object needs another. `node` is where it says so, in the source.

    `targets` are the objects meant, alternatives of each other; empty where the answer is MISSING or UNKNOWN, or where the target
    is known to exist without being here. `near` is what was probably meant, where it is MISSING.
    """

    source: View
    role: Role
    node: Node
    target: GroupKind
    namespace: str | None
    name: str
    answer: State
    targets: tuple[View, ...] = ()
    near: View | None = None


class Graph:
    """The edges of a unit."""

    def __init__(self, unit: Objects) -> None:
        self._unit = unit
        self._resolver = unit.of(Resolver)
        self._selector = unit.of(Selector)
        self._budgets = unit.of(Budgets)
        self._known: dict[int, tuple[Edge, ...]] = {}

    def edges_from(self, source: View) -> tuple[Edge, ...]:
        """What an object needs, in the order in which it says so."""
        found = self._known.get(id(source.manifest))
        if found is None:
            found = self._known[id(source.manifest)] = tuple(self._edges(source))
        return found

    def edges_to(self, target: View, *roles: Role) -> list[Edge]:
        """Who needs an object, in these roles or in any."""
        return [one for one in self._by_target.get(id(target.manifest), ()) if not roles or one.role in roles]

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """All edges, by source in order of reading."""
        return tuple(edge for one in self._unit.all(*_SOURCES) for edge in self.edges_from(one))

    @cached_property
    def _by_target(self) -> dict[int, list[Edge]]:
        found: dict[int, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            for target in edge.targets:
                found[id(target.manifest)].append(edge)
        return found

    def _edges(self, source: View) -> Iterator[Edge]:
        for role, reference in ties_of(source):
            found = self._resolver.resolve(reference)
            name = (reference.target, reference.namespace, reference.name)
            yield Edge(source, role, reference.node, *name, found.state, found.targets, found.near or found.elsewhere)
        if isinstance(source, Service):
            yield from self._selected(source)
        elif source.kind == "PodDisruptionBudget":
            node = source.place("spec", "selector")
            for one in self._budgets.workloads(source):
                name = (one.manifest.identity, one.namespace, one.name)
                yield Edge(source, Role.DISRUPTION_TARGET, node, *name, State.FOUND, (one,))

    def _selected(self, service: Service) -> Iterator[Edge]:
        """One edge for each selected workload; one without targets where none is, or where that is not known."""
        found, node = self._selector.select(service), service.place("spec", "selector")
        for group in found.groups:
            name = (group[0].manifest.identity, group[0].namespace, group[0].name)
            yield Edge(service, Role.SELECTOR, node, *name, found.state, group)
        if not found.groups and service.selector:
            near = found.near.workload if found.near is not None else None
            pods = GroupKind("", "Pod")
            yield Edge(service, Role.SELECTOR, node, pods, service.namespace, "", found.state, near=near)

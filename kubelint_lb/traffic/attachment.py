"""Which listeners of its parent a route attaches to.

Source: gateway-api v1.6.1 `apis/v1/shared_types.go` ParentReference, docs "Attaching to Gateways", conformance suite.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kubelint_lb.kube.gateway import AllowedNamespaces, Listener, ListenerHolder
from kubelint_lb.kube.hosts import Hostnames, intersects
from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.labels import pair_matches
from kubelint_lb.kube.namespaces import surely_differ
from kubelint_lb.kube.route import ParentRef, Route
from kubelint_lb.kube.view import View
from kubelint_lb.source.placeholder import is_open, may_equal
from kubelint_lb.traffic.objects import Objects

_WITH_HOSTNAMES = frozenset({"HTTPRoute", "GRPCRoute", "TLSRoute"})


class Attachment(NamedTuple):
    """The listeners of one parent, narrowed step by step.

    `addressed`: left by sectionName and port. `allowing`: of these, those that admit the route's kind and namespace, or may.
    `admitting`: those of them that surely do.
    """

    addressed: tuple[Listener, ...]
    allowing: tuple[Listener, ...]
    admitting: tuple[Listener, ...]

    @property
    def certain(self) -> bool:
        """Every answer behind `allowing` was a sure one."""
        return len(self.admitting) == len(self.allowing)


class Admission(NamedTuple):
    """A parent, its definitions, and their listeners that admit a route, or may; None where those are not known."""

    parent: ParentRef
    holders: tuple[ListenerHolder, ...]
    listeners: tuple[Listener, ...] | None
    hostnames: Hostnames | None = None

    def may_serve(self, route: Route, hostname: str) -> bool:
        """Some listener serves the hostname, or may; kinds without hostnames are always served."""
        return self.hostnames is None or route.kind not in _WITH_HOSTNAMES or self.hostnames.may_meet(hostname)


class Attachments:
    """How routes meet the listeners of their parents. Routes of one kind and namespace that address the same part of a parent get
    the same answer, worked out once."""

    def __init__(self, unit: Objects) -> None:
        self._unit = unit
        self._attached: dict[tuple[object, ...], Attachment] = {}
        self._admitted: dict[tuple[object, ...], tuple[tuple[Listener, ...], Hostnames] | None] = {}
        self._by_name: dict[int, dict[str, list[Listener]]] = {}

    def attach(self, route: Route, parent: ParentRef, holder: ListenerHolder) -> Attachment:
        """How a route meets the listeners of one definition of its parent."""
        key = (id(holder), *_asked(route, parent))
        if key not in self._attached:
            addressed = tuple(one for one in self._named(holder, parent) if _is_addressed(parent, one))
            self._attached[key] = self._allowing(route, holder, addressed)
        return self._attached[key]

    def admission(self, route: Route, parent: ParentRef, targets: Iterable[View]) -> Admission:
        """The listeners by which a route gets in; not known if some definition may be patched, or admits it nowhere (which has
        other causes than hostnames)."""
        holders = tuple(target for target in targets if isinstance(target, ListenerHolder))
        key = (*map(id, holders), *_asked(route, parent))
        if key not in self._admitted:
            self._admitted[key] = self._listeners(route, parent, holders)
        found = self._admitted[key]
        return Admission(parent, holders, None) if found is None else Admission(parent, holders, *found)

    def _allowing(self, route: Route, holder: ListenerHolder, addressed: tuple[Listener, ...]) -> Attachment:
        allowing, admitting = [], []
        for listener in addressed:
            allowed = namespace_allowed(listener.allowed_namespaces, holder, route, self._unit)
            answers = (listener.carries(route.kind), allowed)
            if False in answers:
                continue
            allowing.append(listener)
            if None not in answers:
                admitting.append(listener)
        return Attachment(addressed, tuple(allowing), tuple(admitting))

    def _listeners(
        self, route: Route, parent: ParentRef, holders: tuple[ListenerHolder, ...]
    ) -> tuple[tuple[Listener, ...], Hostnames] | None:
        found: list[Listener] = []
        for holder in holders:
            allowing = self.attach(route, parent, holder).allowing
            if holder.manifest.patched or not allowing:
                return None
            found += allowing
        return (tuple(found), Hostnames(one.hostname for one in found)) if found else None

    def _named(self, holder: ListenerHolder, parent: ParentRef) -> Iterable[Listener]:
        """The listeners that a sectionName may mean: of that name, or of one that is not settled."""
        section = parent.section_name
        if section is None or is_open(section):
            return holder.listeners
        if id(holder) not in self._by_name:
            by_name: dict[str, list[Listener]] = {}
            for one in holder.listeners:
                by_name.setdefault("" if is_open(one.name) else one.name, []).append(one)
            self._by_name[id(holder)] = by_name
        by_name = self._by_name[id(holder)]
        return (*by_name.get("", ()), *by_name.get(section, ()))


def _asked(route: Route, parent: ParentRef) -> tuple[object, ...]:
    """What of a route and its reference decides which listeners it meets, hostnames aside."""
    return route.kind, route.namespace, parent.section_name, parent.port


def _is_addressed(parent: ParentRef, listener: Listener) -> bool:
    if parent.section_name is not None and not may_equal(listener.name, parent.section_name):
        return False
    return parent.port is None or listener.port is None or listener.port == parent.port


def serves(listener: Listener, route: Route, hostname: str | None) -> bool | None:
    """Whether a listener serves a hostname of the route; kinds without hostnames are always served."""
    if route.kind not in _WITH_HOSTNAMES:
        return True
    return intersects(listener.hostname, hostname)


def namespace_allowed(allowed: AllowedNamespaces, holder: ListenerHolder, route: View, unit: Objects) -> bool | None:
    """Whether objects of the route's namespace may attach; None where labels or a namespace are not known."""
    match allowed.origin:
        case "All":
            return True
        case "Same":
            if surely_differ(holder.namespace, route.namespace):
                return False
            return True if holder.namespace == route.namespace else None
        case "Selector":
            if allowed.selector is None:
                return False
            return _selects_namespace(allowed, route, unit)
        case "None":
            return False
        case _:
            return None


def _selects_namespace(allowed: AllowedNamespaces, route: View, unit: Objects) -> bool | None:
    """`kubernetes.io/metadata.name` is on every Namespace; other labels only a Namespace object tells."""
    if route.namespace is None or allowed.selector is None:
        return None
    known = {"kubernetes.io/metadata.name": route.namespace}
    if set(allowed.selector.pairs) <= set(known) and not allowed.selector.requirements:
        return allowed.selector.matches(known)
    labels = [one.labels | known for one in unit.named(KINDS["Namespace"], route.namespace)]
    answers = {allowed.selector.matches(one) for one in labels}
    if answers == {True}:
        return True
    # A label that is not there may be put there elsewhere; one that has another value is there.
    differs = [
        any(pair_matches(value, one, key) is False for key, value in allowed.selector.pairs.items() if key in one)
        for one in labels
    ]
    certain = all(differs) or (unit.complete and answers == {False})
    return False if labels and certain else None

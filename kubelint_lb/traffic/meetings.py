"""Where routes meet: the parts of parents that several of them are attached to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.kube.gateway import Listener, ListenerHolder
from kubelint_lb.kube.route import ParentRef, Route
from kubelint_lb.source.placeholder import is_open
from kubelint_lb.traffic.attachment import Attachments
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.resolve import Resolver


class Meeting(NamedTuple):
    """A route at a listener of a parent that is here."""

    route: Route
    parent: ParentRef
    holder: ListenerHolder
    listener: Listener


class Meetings:
    """The listeners that the routes of a unit are surely attached to."""

    def __init__(self, unit: Objects) -> None:
        self._unit = unit

    def of_route(self, route: Route) -> Iterator[Meeting]:
        """The listeners that a route is surely attached to, hostnames aside: its parent is one object, and admits it."""
        attachments, resolver = self._unit.of(Attachments), self._unit.of(Resolver)
        seen: set[int] = set()
        for parent in route.parents:
            targets = resolver.resolve(parent.reference).targets if parent.is_listener_holder else ()
            if len(targets) != 1 or not isinstance(targets[0], ListenerHolder) or not targets[0].settled:
                continue
            if is_open(parent.section_name or ""):
                continue
            for listener in attachments.attach(route, parent, targets[0]).admitting:
                if id(listener.node) not in seen:
                    seen.add(id(listener.node))
                    yield Meeting(route, parent, targets[0], listener)

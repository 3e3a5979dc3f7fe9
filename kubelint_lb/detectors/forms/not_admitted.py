"""Parents of which every listener that a route asks for refuses it, for its kind or its namespace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.kube.gateway import Listener, ListenerHolder
from kubelint_lb.kube.values import items
from kubelint_lb.source.node import Mapping

if TYPE_CHECKING:
    from kubelint_lb.detectors.context import Context
    from kubelint_lb.kube.route import ParentRef, Route


class NotAdmitted(NamedTuple):
    """A parent that admits a route nowhere. `listeners` are those that the route asks for, `carrying` those of them that take
    routes of its kind: with any of these, its namespace is what they refuse."""

    parent: ParentRef
    holder: ListenerHolder
    listeners: tuple[Listener, ...]
    carrying: tuple[Listener, ...]


def not_admitted(route: Route, ctx: Context) -> Iterator[NotAdmitted]:
    """The parents that surely refuse a route, whichever of their definitions counts.

    Source: gateway-api `apis/v1/shared_types.go`, condition Accepted with reason NotAllowedByListeners.
    """
    for parent in route.parents:
        targets = ctx.resolve(parent.reference).targets if parent.is_listener_holder else ()
        holders = [target for target in targets if isinstance(target, ListenerHolder)]
        if not holders or len(holders) < len(targets) or not all(map(_is_settled, holders)):
            continue
        if not any(_is_meant(route, parent, holder, ctx) for holder in holders):
            continue
        attached = [ctx.attach(route, parent, holder) for holder in holders]
        if all(one.addressed and not one.allowing for one in attached):
            listeners = attached[0].addressed
            carrying = tuple(one for one in listeners if one.carries(route.kind) is not False)
            yield NotAdmitted(parent, holders[0], listeners, carrying)


def _is_meant(route: Route, parent: ParentRef, holder: ListenerHolder, ctx: Context) -> bool:
    """They are surely applied to one cluster, or the reference names the parent by its namespace, too: in a folder of examples,
    each may have a Gateway of the same name."""
    named = parent.reference.namespace_written and holder.namespace == parent.reference.namespace
    return named or ctx.unit.lands_with(route.manifest, holder.manifest)


def _is_settled(holder: ListenerHolder) -> bool:
    """All of its listeners are seen."""
    return holder.settled and all(isinstance(entry, Mapping) for entry in items(holder.at("spec", "listeners")))

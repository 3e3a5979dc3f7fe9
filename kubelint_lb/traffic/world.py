"""The units of a plan as rules see them: objects that know each other, in each kind of cluster that they land in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.deploy.landed import Landed
from kubelint_lb.deploy.plan import Plan
from kubelint_lb.traffic.objects import Cluster, Objects

if TYPE_CHECKING:
    from kubelint_lb.kube.definitions import Definitions


class World(NamedTuple):
    """The objects of one unit, and the kind of cluster that they land in; `definitions` are the repository's own of kinds."""

    objects: Objects
    landed: Landed
    definitions: Definitions | None = None


def distinct(worlds: Iterable[World]) -> list[World]:
    """Each unit once, whatever the kinds of clusters that it lands in."""
    return list({id(one.objects): one for one in worlds}.values())


def worlds_of(plan: Plan) -> tuple[World, ...]:
    """The units of a plan, once for each kind of cluster that they land in; what is worked out of one serves all of them."""
    objects: dict[int, Objects] = {}
    for group in plan.groups:
        cluster = Cluster(group.units, group.folders, group.argocd)
        objects.update({id(one.unit): one for one in cluster.units})
    for landed in plan.landed:
        if id(landed.unit) not in objects:
            objects[id(landed.unit)] = Objects(landed.unit)
    return tuple(World(objects[id(landed.unit)], landed, plan.definitions) for landed in plan.landed)

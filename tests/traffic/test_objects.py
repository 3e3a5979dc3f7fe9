"""Units beside each other: which share a cluster, and which are variants of one another."""

from __future__ import annotations

import pytest

from kubelint_lb.deploy.layout import Layout
from kubelint_lb.deploy.unit import Unit
from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.traffic.objects import Cluster, Index, Objects
from tests.unit_of import read, service

SETTLED = Layout({}, frozenset())
SERVICE = KINDS["Service"]


def unit(name: str, *services: str, whole: bool = True, holder: Unit | None = None) -> Unit:
    manifests = tuple(read("".join(map(service, services)) or "a: b\n").manifests)
    return Unit(name, manifests, SETTLED, whole=whole, holder=holder)


def defining(units: list[Unit], name: str) -> list[str]:
    """Who besides the first defines a Service."""
    cluster = Cluster(units)
    return [one.unit.name for one in cluster.defining(cluster.units[0], SERVICE, name)]


def test_another_unit_answers() -> None:
    assert defining([unit("a", "web"), unit("b", "api")], "api") == ["b"]


def test_units_that_define_the_same_are_variants() -> None:
    assert defining([unit("dev", "web"), unit("prod", "web", "api")], "api") == []


@pytest.mark.parametrize(("whole", "answers"), [(True, ["second"]), (False, [])])
def test_what_one_unit_installs_lands_together_if_it_is_applied_as_a_whole(whole: bool, answers: list[str]) -> None:
    """A plain tree installs for every cluster there is: two releases of it may be for `dev` and for `prod`."""
    holder = unit("holder", whole=whole)
    first, second = unit("first", "web", holder=holder), unit("second", "web", "api", holder=holder)
    assert defining([first, second], "api") == answers


def test_a_plain_tree_is_nobodys_variant() -> None:
    assert defining([unit("a", "web"), unit(".", "web", "api", whole=False)], "api") == ["."]


def test_an_index_is_made_once_of_the_objects() -> None:
    class Names(Index):
        made = 0

        def __init__(self, objects: Objects, /) -> None:
            Names.made += 1
            self.all = [view.name for view in objects.all("Service")]

    objects = Objects(unit("a", "web", "api"))
    assert objects.of(Names).all == ["web", "api"]
    assert objects.of(Names) is objects.of(Names)
    assert (Names.made, objects.reads) == (1, {"Service"})

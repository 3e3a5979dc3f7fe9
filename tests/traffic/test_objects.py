"""Units beside each other: which share a cluster, and which are variants of one another."""

from __future__ import annotations

import pytest

from kubelint_lb.deploy.layout import Layout
from kubelint_lb.deploy.unit import Unit
from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.route import Route
from kubelint_lb.traffic.objects import Cluster, Index, Objects
from kubelint_lb.traffic.openness import Openness
from kubelint_lb.traffic.resolve import Resolver, State
from tests.unit_of import read, route, service, thing

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


def test_only_a_named_namespace_says_that_another_unit_is_meant() -> None:
    def answer(namespace: str) -> State:
        route_unit = Unit("a", tuple(read(route("shop", "web", namespace=namespace)).manifests), SETTLED, whole=True)
        other = Unit("b", tuple(read(service("web", "shop")).manifests), SETTLED, whole=True)
        objects = Cluster([route_unit, other]).units[0]
        (shop,) = (view for view in objects.all("Route") if isinstance(view, Route))
        return objects.of(Resolver).resolve(shop.rules[0].backend_refs[0].reference).state

    assert answer("shop") is State.FOUND
    assert answer("") is State.UNKNOWN


def test_what_flux_applies_from_a_unit_opens_nothing() -> None:
    body = "spec: {path: ./apps, targetNamespace: shop}"
    flux = read(thing("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "apps", body=body))
    alone = Unit("flux", tuple(flux.manifests), SETTLED, whole=True)
    assert Cluster([alone]).units[0].of(Openness).is_open("x", "shop")
    assert not Cluster([alone], ["apps"]).units[0].of(Openness).is_open("x", "shop")

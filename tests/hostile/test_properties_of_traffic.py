"""What holds for all selectors, hostnames, weights and routes: the answers of models that are too simple to be wrong."""

from __future__ import annotations

import itertools
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kubelint_lb.kube.hosts import Hostnames, intersects, specificity
from kubelint_lb.kube.labels import label_selector, selector_matches
from kubelint_lb.kube.manifest import manifests_of
from kubelint_lb.kube.route import Route
from kubelint_lb.kube.views import view_of
from kubelint_lb.kube.weights import percent, shares
from kubelint_lb.source.node import Node
from kubelint_lb.traffic.precedence import candidates, criterion
from kubelint_lb.traffic.request import Request
from tests.source.reading import one

few = settings(derandomize=True, max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Few names, so that they meet; none that could be a placeholder.
NAME = st.sampled_from(("app", "tier", "example.com/track"))
VALUE = st.sampled_from(("web", "api", "stable", ""))
LABELS = st.dictionaries(NAME, VALUE, max_size=3)
REQUIREMENT = st.tuples(NAME, st.sampled_from(("In", "NotIn", "Exists", "DoesNotExist")), st.lists(VALUE, min_size=1, max_size=2))
ALL_LABELS = ("web", "shop", "example")
LABEL = st.sampled_from(ALL_LABELS)
HOST = st.builds(
    lambda wild, labels: ".".join([*wild, *labels]), st.sampled_from(([], ["*"])), st.lists(LABEL, min_size=1, max_size=3)
)


def node_of(text: str) -> Node:
    root = one(text).root
    assert root is not None
    return root


@few
@given(LABELS, LABELS)
def test_a_selector_takes_what_has_all_its_pairs(selector: dict[str, str], labels: dict[str, str]) -> None:
    assert selector_matches(selector, labels) is (selector.items() <= labels.items())


@few
@given(LABELS, st.lists(REQUIREMENT, max_size=3), LABELS)
def test_a_selector_with_expressions(
    pairs: dict[str, str], requirements: list[tuple[str, str, list[str]]], labels: dict[str, str]
) -> None:
    def holds(key: str, operator: str, values: list[str]) -> bool:
        return {
            "In": labels.get(key) in values,
            "NotIn": labels.get(key) not in values,
            "Exists": key in labels,
            "DoesNotExist": key not in labels,
        }[operator]

    entries = [{"key": key, "operator": operator, "values": values} for key, operator, values in requirements]
    selector = label_selector(node_of(str({"matchLabels": pairs, "matchExpressions": entries})))
    assert selector is not None
    expected = pairs.items() <= labels.items() and all(holds(*requirement) for requirement in requirements)
    assert selector.matches(labels) is expected


def names_of(host: str) -> set[str]:
    """The names up to five labels that a hostname stands for."""
    if not host.startswith("*."):
        return {host}
    room = 5 - host.count(".")
    fronts = itertools.chain.from_iterable(itertools.product(ALL_LABELS, repeat=size) for size in range(1, room + 1))
    return {".".join(front) + host[1:] for front in fronts}


@few
@given(HOST, HOST)
def test_hostnames_meet_where_they_share_a_name(left: str, right: str) -> None:
    assert intersects(left, right) is intersects(right, left) is bool(names_of(left) & names_of(right))
    assert intersects(left.title(), right) is intersects(left, right)
    assert intersects(left, left) is True
    assert intersects(None, left) is intersects(left, None) is True


@few
@given(st.lists(HOST, max_size=4), HOST)
def test_many_hostnames_answer_as_each_does(hosts: list[str], asked: str) -> None:
    assert Hostnames(hosts).may_meet(asked) is any(intersects(host, asked) for host in hosts)


@few
@given(HOST, HOST)
def test_a_hostname_with_fewer_names_is_more_specific(left: str, right: str) -> None:
    if names_of(left) < names_of(right):
        assert specificity(left) < specificity(right) < specificity(None)


@few
@given(st.lists(st.integers(0, 1_000_000), min_size=1, max_size=6))
def test_shares_sum_to_100(weights: list[int]) -> None:
    found = shares(weights)
    total = sum(weights)
    assert abs(sum(found) - (100 if total else 0)) < 1e-9
    for share, weight in zip(found, weights, strict=True):
        assert abs(Fraction(share) - Fraction(100 * weight, total or 1)) < Fraction(1, 10**9)
    assert [percent(share) == "100 %" for share in found] == [share == 100 for share in found]
    assert [percent(share) == "0 %" for share in found] == [share == 0 for share in found]
    order = sorted(zip(weights, found, strict=True))
    assert [share for _, share in order] == sorted(found)


PATH = st.builds(lambda parts: "/" + "/".join(parts), st.lists(st.sampled_from(("a", "b", "cart")), max_size=3))
MATCH = st.fixed_dictionaries(
    {},
    optional={
        "path": st.fixed_dictionaries({"type": st.sampled_from(("Exact", "PathPrefix")), "value": PATH}),
        "method": st.sampled_from(("GET", "POST")),
        "headers": st.lists(st.sampled_from(("x-a", "x-b")), unique=True, max_size=2).map(
            lambda names: [{"name": name, "value": "1"} for name in names]
        ),
        "queryParams": st.lists(st.sampled_from(("p", "q")), unique=True, max_size=2).map(
            lambda names: [{"name": name, "value": "1"} for name in names]
        ),
    },
)
HOSTS = st.lists(st.sampled_from(("shop.example", "*.example")), unique=True, max_size=2)
ROUTE = st.tuples(HOSTS, st.lists(MATCH, min_size=1, max_size=3))
REQUEST = st.builds(
    lambda path, method, query, headers: Request(path=path + query, method=method, host="shop.example", headers=headers),
    PATH,
    st.sampled_from(("GET", "POST")),
    st.sampled_from(("", "?p=1", "?p=1&q=1", "?q=2")),
    st.dictionaries(st.sampled_from(("x-a", "x-b")), st.sampled_from(("1", "2")), max_size=2),
)
Made = tuple[list[str], list[dict[str, object]]]


def route_of(number: int, made: Made) -> Route:
    hostnames, matches = made
    text = str(
        {
            "apiVersion": "gateway.networking.k8s.io/v1",
            "kind": "HTTPRoute",
            "metadata": {"name": f"route-{number}", "namespace": "shop"},
            "spec": {"hostnames": hostnames, "rules": [{"matches": [match]} for match in matches]},
        }
    )
    (manifest,) = manifests_of(one(text))
    route = view_of(manifest)
    assert isinstance(route, Route)
    return route


@few
@given(st.lists(ROUTE, min_size=1, max_size=4), REQUEST)
def test_precedence_is_one_order_however_routes_are_read(made: list[Made], request: Request) -> None:
    routes = [route_of(number, one_made) for number, one_made in enumerate(made)]
    found = candidates(request, dict.fromkeys(routes, True))
    again = candidates(request, dict.fromkeys(reversed(routes), True))
    assert [one_found.node for one_found in found] == [one_found.node for one_found in again]
    assert [one_found.rank for one_found in found] == sorted(one_found.rank for one_found in found)
    for index, winner in enumerate(found):
        for loser in found[index + 1 :]:
            # By what one won is never what the other is better at, and a tie is only where all is equal.
            tied = criterion(winner, loser) in {"it comes first in the route", "its route is older, or its name is first"}
            assert tied is (winner.rank == loser.rank)

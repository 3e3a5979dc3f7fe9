"""How one rule divides its traffic over its backends."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.route import Route, RouteRule
from kubelint_lb.kube.split import Split, empty_backends, split_of
from tests.unit_of import named, thing, world_of

GATEWAY = "gateway.networking.k8s.io/v1"


def rule_of(rule: str) -> RouteRule:
    view = named(world_of(thing(GATEWAY, "HTTPRoute", "shop", body=f"spec: {{rules: [{rule}]}}")), "HTTPRoute", "shop")
    assert isinstance(view, Route)
    return view.rules[0]


def split(*backends: str) -> Split | None:
    return split_of(rule_of(f"{{backendRefs: [{', '.join(backends)}]}}"))


def known(*backends: str) -> Split:
    found = split(*backends)
    assert found is not None
    return found


def test_an_unset_weight_is_one() -> None:
    found = known("{name: web, weight: 80}", "{name: canary}", "{name: old, weight: null}")
    assert found.weights == (80, 1, 1)
    assert [node.text for node in found.weight_nodes] == ["80"]
    assert not found.all_explicit
    assert found.words == "web 97.6 %, canary 1.2 %, old 1.2 %"


@pytest.mark.parametrize("weight", ["'${WEIGHT}'", "'{{ weight }}'", "'80'", "10%", "0.5", "-1", "true"])
def test_a_weight_that_is_no_number_leaves_the_split_unknown(weight: str) -> None:
    assert split("{name: web, weight: 90}", f"{{name: canary, weight: {weight}}}") is None


def test_an_entry_that_cannot_be_read_leaves_the_split_unknown() -> None:
    assert split("{name: web, weight: 90}", "'{{ canary }}'") is None
    assert split("{name: web, weight: 90}", "{weight: 10}") is None
    assert split() is None


def test_labels_tell_equal_names_apart() -> None:
    assert known("{name: web, port: 80}", "{name: web, port: 81}", "{name: api, port: 80}").labels == (
        "web:80",
        "web:81",
        "api",
    )
    assert known("{name: web, namespace: a, port: 80}", "{name: web, namespace: b, port: 80}").labels == (
        "a/web:80",
        "b/web:80",
    )


def test_the_share_of_one_backend() -> None:
    found = known("{name: web, weight: 3}", "{name: canary, weight: 1}")
    assert found.share_of(found.backends[1]) == "25 %"


def test_where_a_rule_shows_that_it_has_no_backends() -> None:
    for rule, place in [
        ("{matches: [{}]}", "matches"),
        ("{filters: [], backendRefs: null}", "backendRefs"),
        ("{backendRefs: []}", "[]"),
        ("{}", "{}"),
    ]:
        node = empty_backends(rule_of(rule))
        assert node is not None
        assert node.source == place


@pytest.mark.parametrize("rule", ["{backendRefs: [{name: web}]}", "{backendRefs: '{{ backends }}'}", "{backendRefs: ['${X}']}"])
def test_a_rule_with_backends_or_with_something_unknown_is_not_empty(rule: str) -> None:
    assert empty_backends(rule_of(rule)) is None

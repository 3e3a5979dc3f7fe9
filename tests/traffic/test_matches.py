"""When two matches are the same match."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.route import Route
from kubelint_lb.traffic.matches import Match, matches_of
from tests.unit_of import named, thing, world_of

GATEWAY = "gateway.networking.k8s.io/v1"


def matches(*entries: str, kind: str = "HTTPRoute") -> tuple[Match, ...]:
    body = f"spec: {{rules: [{{matches: [{', '.join(entries)}]}}]}}"
    view = named(world_of(thing(GATEWAY, kind, "shop", body=body)), kind, "shop")
    assert isinstance(view, Route)
    return matches_of(view.rules[0])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("{}", "{path: {type: PathPrefix, value: /}}"),
        ("{path: {value: /a}}", "{path: {type: PathPrefix, value: /a}}"),
        ("{path: {value: /a}}", "{path: {value: /a/}}"),
        ("{path: null, headers: []}", "{}"),
        ("{headers: [{name: X-Env, value: a}]}", "{headers: [{name: x-env, type: Exact, value: a}]}"),
        ("{headers: [{name: a, value: 1}, {name: b, value: 2}]}", "{headers: [{name: b, value: 2}, {name: a, value: 1}]}"),
        ("{headers: [{name: a, value: x}, {name: A, value: y}]}", "{headers: [{name: a, value: x}]}"),
        ("{queryParams: [{name: a, value: x}]}", "{queryParams: [{name: a, value: x}]}"),
    ],
)
def test_equal_http_matches(left: str, right: str) -> None:
    one, other = matches(left, right)
    assert one.key == other.key


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("{path: {value: /a}}", "{path: {type: Exact, value: /a}}"),
        ("{path: {type: Exact, value: /a}}", "{path: {type: Exact, value: /a/}}"),
        ("{path: {value: /a}}", "{path: {value: /ab}}"),
        ("{path: {value: /A}}", "{path: {value: /a}}"),
        ("{method: GET}", "{}"),
        ("{headers: [{name: a, value: x}]}", "{headers: [{name: a, value: X}]}"),
        ("{headers: [{name: a, value: x}]}", "{headers: [{name: a, type: RegularExpression, value: x}]}"),
        ("{queryParams: [{name: a, value: x}]}", "{queryParams: [{name: A, value: x}]}"),
        ("{path: {value: '${A}'}}", "{path: {value: '${B}'}}"),
        ("{path: {value: /a}, own: {x: 1}}", "{path: {value: /a}}"),
    ],
)
def test_different_http_matches(left: str, right: str) -> None:
    one, other = matches(left, right)
    assert one.key != other.key


def test_equal_prefixes_differ_in_length() -> None:
    assert [match.path_length for match in matches("{path: {value: /a}}", "{path: {value: /a/}}", "{}")] == [2, 3, 1]


def test_grpc_matches() -> None:
    one, same, other, every = matches(
        "{method: {service: shop.v1.Orders}}",
        "{method: {type: Exact, service: shop.v1.Orders, method: ''}}",
        "{method: {service: shop.v1.Orders, method: List}}",
        "{method: {}}",
        kind="GRPCRoute",
    )
    assert one.key == same.key != other.key
    (nothing,) = matches(kind="GRPCRoute")
    assert every.key == nothing.key


def test_an_entry_that_cannot_be_read_leaves_all_unknown() -> None:
    assert matches("{path: {value: /a}}", "'{{ match }}'") == ()


def test_a_match_stands_at_what_says_most() -> None:
    found = matches(
        "{path: {type: Exact, value: /a}, method: GET}", "{method: GET}", "{headers: [{value: x, name: env}]}", "{path: {}}"
    )
    assert [match.node.source for match in found] == ["/a", "GET", "env", "path"]

"""Which value of a chart's values a rendered one is, where no template tells."""

from __future__ import annotations

import pytest

from kubelint_lb.render.helm.values_trace import ValuesTrace
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.steps import Way


def tree(text: str) -> Mapping:
    (document,) = parse_text(text, "values.yaml")
    assert isinstance(document.root, Mapping)
    return document.root


def alike(values: str, rendered: str, key: str = "type") -> tuple[int, int] | None:
    """Line and column of the value that a rendered one must be."""
    node: Node | None = tree(f"{key}: {rendered}\n").get(key)
    assert node is not None
    found = ValuesTrace([tree(values)]).alike(Way((key,)), node)
    return found.span[:2] if found is not None else None


@pytest.mark.parametrize(
    ("values", "rendered", "place"),
    [
        ("kind: LoadBalancer\n", "LoadBalancer", (1, 7)),
        ("kind: LoadBalancer\nother: LoadBalancer\n", "LoadBalancer", None),
        ("kind: LoadBalancer\ntype: LoadBalancer\n", "LoadBalancer", (2, 7)),
        ("kind: web\n", "web", None),  # three letters are there by chance
        ("type: web\n", "web", (1, 7)),
        ("kind: auto\n", "auto", (1, 7)),
        ("kind: 1000\n", "1000", None),
        ("kind: '8080'\n", "'8080'", None),
        ("kind: true\n", "true", None),
    ],
)
def test_a_value_is_told_by_its_text_if_that_is_no_chance(values: str, rendered: str, place: tuple[int, int] | None) -> None:
    assert alike(values, rendered) == place

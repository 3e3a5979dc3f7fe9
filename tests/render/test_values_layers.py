"""Which layer of a release's values a rendered value is from: the one that decided, never a default that it replaced."""

from __future__ import annotations

from kubelint_lb.render.helm.values_trace import ValuesTrace
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.steps import Way

DEFAULTS = "service:\n  type: ClusterIP\n  policy: Local\n"


def tree(text: str, path: str = "values.yaml") -> Mapping:
    (document,) = parse_text(text, path)
    assert isinstance(document.root, Mapping)
    return document.root


def place(found: Node | None) -> tuple[str, int, int] | None:
    return (found.path, *found.span[:2]) if found is not None else None


def alike(release: str, key: str, rendered: str) -> tuple[str, int, int] | None:
    node = tree(f"{key}: {rendered}\n").entries[key]
    return place(ValuesTrace([tree(DEFAULTS), tree(release, "release.yaml")]).alike(Way((key,)), node))


def printed(written: str, release: str, key: str, rendered: str) -> tuple[str, int, int] | None:
    node = tree(f"{key}: {rendered}\n").entries[key]
    return place(ValuesTrace([tree(DEFAULTS), tree(release, "release.yaml")]).printed(written, Way((key,)), node))


def test_the_release_repeats_the_default_and_decides() -> None:
    assert alike("service: {type: ClusterIP}\n", "type", "ClusterIP") == ("release.yaml", 1, 17)


def test_a_default_that_is_replaced_is_no_cause() -> None:
    assert alike("service: {type: NodePort}\n", "type", "ClusterIP") is None
    assert alike("service: none\n", "type", "ClusterIP") is None
    assert alike("service: {type: null}\n", "type", "ClusterIP") is None


def test_a_part_of_a_map_that_both_give() -> None:
    template = "{{ toYaml .Values.service | nindent 2 }}"
    assert printed(template, "service: {type: NodePort}\n", "policy", "Local") == ("values.yaml", 3, 11)
    assert printed(template, "service: {type: NodePort}\n", "type", "NodePort") == ("release.yaml", 1, 17)

"""Text made to break readers ends as a value or as a fault with a place, soon and without an exception."""

from __future__ import annotations

import pytest

from kubelint_lb.source.build import MAX_DEPTH
from kubelint_lb.source.node import Document, to_python
from kubelint_lb.source.parse import parse_text
from tests.source.reading import one

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["C", "pure"])


def fault(document: Document) -> tuple[str, str]:
    (found,) = document.faults
    assert found.span.line >= 1
    return found.key, found.words


@BOTH
def test_an_alias_bomb(pure: bool) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    key, words = fault(one("\n".join(lines), pure=pure))
    assert key == "aliases"
    assert "unfold" in words or "deep" in words


@BOTH
@pytest.mark.parametrize("text", ["&a [*a]\n", "a: &a {b: *a}\n", "a: &a\n  <<: *a\n", "- &a [[[*a]]]\n"])
def test_an_anchor_that_contains_itself(text: str, pure: bool) -> None:
    assert fault(one(text, pure=pure)) == ("aliases", "anchor 'a' contains itself")


@BOTH
def test_an_alias_of_another_document(pure: bool) -> None:
    documents = parse_text("a: &x 1\n---\nb: *x\n", "a.yaml", pure=pure)
    assert fault(documents[1]) == ("aliases", "alias *x has no anchor")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_nesting_far_too_deep(opening: str) -> None:
    key, _ = fault(one(opening * 20_000))
    assert key in {"too-deep", "syntax"}


@BOTH
def test_nesting_as_deep_as_allowed(pure: bool) -> None:
    depth = MAX_DEPTH - 1
    node = one("[" * depth + "1" + "]" * depth, pure=pure).root
    for _ in range(depth):
        assert node is not None
        node = node.get(0)
    assert to_python(node) == 1


def test_a_very_long_flow_list_on_one_line() -> None:
    root = one("a: [" + ", ".join(["b"] * 50_000) + "]\n").root
    assert root is not None
    last = root.get("a", 49_999)
    assert last is not None
    assert last.span.column == 5 + 3 * 49_999


def test_a_very_long_line() -> None:
    root = one("a: " + "x" * 1_000_000 + "\nb: 1\n").root
    assert root is not None
    assert to_python(root.get("b")) == 1


@pytest.mark.parametrize("text", ["---\n" * 20_000, "# c\n" * 50_000, "#\r\n" * 50_000, " \n" * 50_000, "%A\n" * 20_000])
def test_many_lines_that_say_nothing(text: str) -> None:
    assert all(document.root is None for document in parse_text(text, "a.yaml"))


FRAGMENTS = ["a: '", 'a: "', "a: [", "a: {", "a: |", "a: !!", "&", "*", "!", "%", "@", "`", "? ", "- ", ":", "{{"]


@pytest.mark.parametrize("text", [*FRAGMENTS, "\x00", "a\x00b", "\ud800"])
@BOTH
def test_fragments_raise_nothing(text: str, pure: bool) -> None:
    for document in parse_text(text, "a.yaml", pure=pure):
        assert document.root is not None or document.faults


def test_every_cut_of_a_manifest_raises_nothing() -> None:
    head = "apiVersion: v1\nkind: &k 'Service'\nmetadata: {name: \"a\\u00e9\", labels: &l {b: !!str 1}}\n"
    text = head + "spec:\n  - |\n    x\n  - *l\n...\n---\n"
    for end in range(len(text)):
        for document in parse_text(text[:end], "a.yaml"):
            assert all(found.span.line <= 10 for found in document.faults)

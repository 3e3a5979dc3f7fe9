"""Every value has its place, exact to the column, whichever parser reads it."""

from __future__ import annotations

import pytest

from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.parse import parse_text
from tests.source.reading import at, one

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["C", "pure"])


def key(text: str, *path: str, pure: bool) -> Node:
    parent = at(text, *path[:-1], pure=pure)
    assert isinstance(parent, Mapping)
    node = parent.key(path[-1])
    assert node is not None
    return node


@BOTH
@pytest.mark.parametrize(
    ("text", "path", "span"),
    [
        # block style
        ("a: b\n", ("a",), (1, 4, 1, 5)),
        ("a:   b c   # comment\n", ("a",), (1, 6, 1, 9)),
        ("a:\n  b: 1\n  c: 2\nd: 3\n", ("a",), (2, 3, 3, 7)),
        ("a:\n  - 1\n  - 22\n\n# comment\nb: 1\n", ("a",), (2, 3, 3, 7)),
        ("a:\n- 1\n- 2\nb: 1\n", ("a", 1), (3, 3, 3, 4)),
        ("- - 1\n  - 2\n", (0, 1), (2, 5, 2, 6)),
        ("- a: 1\n  b: 2\n", (0,), (1, 3, 2, 7)),
        # quotes
        ('a: "b"\n', ("a",), (1, 4, 1, 7)),
        ("a: 'it''s'\n", ("a",), (1, 4, 1, 11)),
        ('a: "b\n  c"\nd: 1\n', ("a",), (1, 4, 2, 5)),
        ('a: "\\u00e9"\n', ("a",), (1, 4, 1, 12)),
        # flow style
        ("a: {b: 1, c: [2, 33]}\n", ("a",), (1, 4, 1, 22)),
        ("a: {b: 1, c: [2, 33]}\n", ("a", "c"), (1, 14, 1, 21)),
        ("a: {b: 1, c: [2, 33]}\n", ("a", "c", 1), (1, 18, 1, 20)),
        ("a: {\n  b: 1,\n}\n", ("a",), (1, 4, 3, 2)),
        ("a: []\n", ("a",), (1, 4, 1, 6)),
        ("a: {}\n", ("a",), (1, 4, 1, 6)),
        ("a: [b: c]\n", ("a", 0, "b"), (1, 8, 1, 9)),
        # blocks of text
        ("a: |\n  x\n  y\nb: 1\n", ("a",), (1, 4, 3, 4)),
        ("a: >-\n  x\n\n\n# comment\nb: 1\n", ("a",), (1, 4, 2, 4)),
        ("a: |2\n    x\nb: 1\n", ("a",), (1, 4, 2, 6)),
        ("a: |\n  x", ("a",), (1, 4, 2, 4)),
        # anchors, tags, aliases: the value starts after them
        ("a: &x b\n", ("a",), (1, 7, 1, 8)),
        ("a: !!str 5\n", ("a",), (1, 10, 1, 11)),
        ("a: &x !!str 5\n", ("a",), (1, 13, 1, 14)),
        ('a: !!str "5"\n', ("a",), (1, 10, 1, 13)),
        ("a: &x {b: 1}\n", ("a",), (1, 7, 1, 13)),
        ("a: &x\n  b: 1\n", ("a",), (2, 3, 2, 7)),
        ("a: !mine [1]\n", ("a",), (1, 10, 1, 13)),
        ("a: &x b\nc: *x\n", ("c",), (2, 4, 2, 6)),
        ("a: &x {b: 1}\nc: *x\n", ("c",), (2, 4, 2, 6)),
        ("a: &x {b: 1}\nc: *x\n", ("c", "b"), (1, 11, 1, 12)),
        ("a: &x [1]\nc: [*x, *x]\n", ("c", 1), (2, 9, 2, 11)),
        ("a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n", ("c", "b"), (1, 11, 1, 12)),
        # empty values stand after their colon or dash
        ("a:\nb: 1\n", ("a",), (1, 3, 1, 3)),
        ("a: # comment\n  # more\nb: 1\n", ("a",), (1, 3, 1, 3)),
        ("a:\n", ("a",), (1, 3, 1, 3)),
        ("a:", ("a",), (1, 3, 1, 3)),
        ("a: {b, c: }\n", ("a", "c"), (1, 10, 1, 10)),
        ('"a":\nb: 1\n', ("a",), (1, 5, 1, 5)),
        ("a:\n  -\n  - 1\n", ("a", 0), (2, 4, 2, 4)),
        ("a:\n  - 1\n  -\nb: 2\n", ("a", 1), (3, 4, 3, 4)),
        # code points, not bytes or UTF-16 units
        ("é: ü\n", ("é",), (1, 4, 1, 5)),
        ("a: {b: 😀😀, c: d}\n", ("a", "c"), (1, 15, 1, 16)),
        ("# 😀\na: b\n", ("a",), (2, 4, 2, 5)),
        # line breaks
        ("a: 1\r\nb:\r\n  c: 22\r\n", ("b", "c"), (3, 6, 3, 8)),
        ("a: |\r\n  x\r\n  y\r\nb: 1\r\n", ("a",), (1, 4, 3, 4)),
        # placeholders that are no YAML
        ("a: {{ x }}\n", ("a",), (1, 4, 1, 11)),
        ("a: [{{ x }}, 2]\n", ("a", 0), (1, 5, 1, 12)),
        # JSON
        ('{"a": {"b": [1, "two"]}}', ("a", "b", 1), (1, 17, 1, 22)),
        ('{\n\t"a": 1\n}', ("a",), (2, 7, 2, 8)),
    ],
)
def test_values(text: str, path: tuple[str | int, ...], span: tuple[int, int, int, int], pure: bool) -> None:
    assert tuple(at(text, *path, pure=pure).span) == span


@BOTH
@pytest.mark.parametrize(
    ("text", "path", "span"),
    [
        ("abc: 1\n", ("abc",), (1, 1, 1, 4)),
        ("a:\n  bcd: 1\n", ("a", "bcd"), (2, 3, 2, 6)),
        ('a: {"b": 1}\n', ("a", "b"), (1, 5, 1, 8)),
        ("'it''s': 1\n", ("it's",), (1, 1, 1, 8)),
        ("&x abc: 1\n", ("abc",), (1, 4, 1, 7)),
        ("!!str abc: 1\n", ("abc",), (1, 7, 1, 10)),
        ("? abc\n: 1\n", ("abc",), (1, 3, 1, 6)),
        ("a: &x {b: 1}\nc: *x\n", ("c", "b"), (1, 8, 1, 9)),
        ("a: &x {b: 1}\nc: {<<: *x, d: 1}\n", ("c", "b"), (1, 8, 1, 9)),
        ("x: 1\na: 1\nx: 2\nb: 3\n", ("x",), (3, 1, 3, 2)),
        ("x: 1\na: 1\nx: 2\nb: 3\n", ("b",), (4, 1, 4, 2)),
    ],
)
def test_keys(text: str, path: tuple[str, ...], span: tuple[int, int, int, int], pure: bool) -> None:
    assert tuple(key(text, *path, pure=pure).span) == span


@BOTH
def test_places_count_from_the_files_start_not_the_documents(pure: bool) -> None:
    documents = parse_text("# head\na: 1\n---\n# more\nb:\n  c: 2\n--- # last\nd: 3\n", "a.yaml", pure=pure)
    assert [document.line for document in documents] == [1, 3, 7]
    paths: list[tuple[str, ...]] = [("a",), ("b", "c"), ("d",)]
    values = [document.root.get(*path) for document, path in zip(documents, paths, strict=True) if document.root]
    assert [value and tuple(value.span) for value in values] == [(2, 4, 2, 5), (6, 6, 6, 7), (8, 4, 8, 5)]


def test_the_source_of_a_value_is_what_its_span_covers() -> None:
    document = one("a: &x {b: [1, 2]} # c\n")
    assert document.root is not None
    node = document.root.get("a")
    assert node is not None
    assert node.source == "{b: [1, 2]}"

"""Where texts are put in: after an entry, and after a document."""

from __future__ import annotations

import pytest

from kubelint_lb.source.edit import Replacement, edited
from kubelint_lb.source.node import Mapping, Scalar
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.scalars import written_text
from kubelint_lb.source.stretch import Insertion, document_after, lines_of_item, next_item, next_lines


def _mapping(text: str, *path: str | int) -> Mapping:
    root = parse_text(text, "a.yaml")[0].root
    assert root is not None
    found = root.get(*path) if path else root
    assert isinstance(found, Mapping)
    return found


def _put(text: str, insertion: Insertion | None) -> str | None:
    if insertion is None:
        return None
    place = insertion.place
    base = place.document.base
    return edited(text, [Replacement(base + place.start, base + place.end, insertion.text)])


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("- name: a\n  port: 80\n", (0,), "- name: a\n  weight: 1\n  port: 80\n"),
        ("- name: a # the first\n- b: c\n", (0,), "- name: a # the first\n  weight: 1\n- b: c\n"),
        ("name: a", (), "name: a\nweight: 1"),
        ("name: a\r\nport: 80\r\n", (), "name: a\r\nweight: 1\r\nport: 80\r\n"),
        ("  - - name: a\n      port: 80\n", (0, 0), "  - - name: a\n      weight: 1\n      port: 80\n"),
        ("{name: a, port: 80}\n", (), "{name: a, weight: 1, port: 80}\n"),
        ('{name: "a"}\n', (), '{name: "a", weight: 1}\n'),
    ],
)
def test_an_entry_comes_after_another(before: str, path: tuple[str | int, ...], after: str) -> None:
    assert _put(before, next_lines(_mapping(before, *path), "name", ("weight: 1",))) == after


@pytest.mark.parametrize("text", ["port: 80\n", "name:\n  first: a\n", "name: |\n  a\n", "name: a\n  b\n", "? name\n: a\n"])
def test_there_is_no_place_after_what_does_not_end_on_its_line(text: str) -> None:
    assert next_lines(_mapping(text), "name", ("weight: 1",)) is None


def test_several_lines_do_not_fit_into_a_flow_map() -> None:
    assert next_lines(_mapping("{name: a}\n"), "name", ("lifecycle:", "  preStop: {}")) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\n", "a: 1\n---\nb: 2\n"),
        ("a: 1", "a: 1\n---\nb: 2\n"),
        ("---\na: 1\n---\nc: 3\n", "---\na: 1\n---\nb: 2\n---\nc: 3\n"),
        ("a: 1\r\n---\r\nc: 3\r\n", "a: 1\r\n---\r\nb: 2\r\n---\r\nc: 3\r\n"),
        ("a: 1\n...\n", "a: 1\n...\n---\nb: 2\n"),
    ],
)
def test_a_document_comes_after_another(before: str, after: str) -> None:
    assert _put(before, document_after(parse_text(before, "a.yaml")[0], ("b: 2",))) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("hosts:\n  - a\n  - b # the last\nsecret: c\n", "hosts:\n  - a\n  - b # the last\n  - new\nsecret: c\n"),
        ("hosts: [a, b]\n", "hosts: [a, b, new]\n"),
        ("hosts:\r\n- a\r\n- b", "hosts:\r\n- a\r\n- b\r\n- new"),
    ],
)
def test_an_item_comes_after_the_last(before: str, after: str) -> None:
    last = _mapping(before).get("hosts", 1)
    assert isinstance(last, Scalar)
    assert _put(before, next_item(last, "new")) == after


@pytest.mark.parametrize(
    ("before", "taken"),
    [("- a: 1\n  b: 2\n- c: 3\n", "- a: 1\n  b: 2\n"), ("  - a: {b: 1} # why\n", "  - a: {b: 1} # why\n"), ("[{a: 1}]\n", None)],
)
def test_the_lines_of_an_item(before: str, taken: str | None) -> None:
    lines = lines_of_item(_mapping(before, 0))
    assert (lines and lines.source) == taken


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("web", "web"),
        ("v1.2-rc_1", "v1.2-rc_1"),
        ("80", '"80"'),
        ("yes", '"yes"'),
        ("1e3", '"1e3"'),
        ("", '""'),
        ("a: b", '"a: b"'),
    ],
)
def test_texts_are_quoted_where_they_would_mean_something_else(value: str, written: str) -> None:
    assert written_text(value) == written

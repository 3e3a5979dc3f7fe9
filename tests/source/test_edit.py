"""Edits of texts: nothing but the edits changes, byte for byte."""

from __future__ import annotations

import codecs

import pytest

from kubelint_lb.source.edit import NotEditable, Replacement, conflict, edited, edited_file, replacement
from kubelint_lb.source.span import Span
from kubelint_lb.source.text import SourceText

TEXT = 'a: 1  # one\nb: [x, "y"]\n'


def at(text: str, part: str, new: str) -> Replacement:
    start = text.index(part)
    return Replacement(start, start + len(part), new)


def test_edits_are_put_in_at_their_places() -> None:
    assert edited(TEXT, [at(TEXT, "x", "z"), at(TEXT, "1", "2")]) == 'a: 2  # one\nb: [z, "y"]\n'


@pytest.mark.parametrize(
    ("one", "other", "conflicts"),
    [
        (Replacement(0, 3, "a"), Replacement(2, 5, "b"), True),
        (Replacement(0, 3, "a"), Replacement(3, 5, "b"), False),
        (Replacement(0, 3, "a"), Replacement(0, 3, "a"), False),
        (Replacement(0, 3, "a"), Replacement(0, 3, "b"), True),
        (Replacement(2, 2, "a"), Replacement(2, 2, "b"), True),
        (Replacement(2, 2, "a"), Replacement(0, 2, "b"), False),
        (Replacement(2, 2, "a"), Replacement(0, 4, "b"), True),
    ],
)
def test_what_touches_the_same_text_conflicts(one: Replacement, other: Replacement, conflicts: bool) -> None:
    assert conflict(one, other) is conflict(other, one) is conflicts


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.rstrip("\n").encode(),
        ("# ä\u00a0é 😀\n" + TEXT).encode(),
    ],
    ids=["plain", "CRLF", "BOM", "no newline at the end", "beyond ASCII"],
)
def test_line_ends_marks_and_the_last_newline_survive(data: bytes) -> None:
    text = data.removeprefix(codecs.BOM_UTF8).decode()
    assert edited_file(data, "a.yaml", [at(text, "1", "23")]) == data.replace(b"1", b"23")


@pytest.mark.parametrize(
    ("data", "edit", "words"),
    [
        (TEXT.encode("utf-16"), at(TEXT, "1", "2"), "it is no UTF-8"),
        (b"a: \xff1\n", Replacement(3, 4, "2"), "not UTF-8 text"),
        (TEXT.encode(), at(TEXT, "1", "{"), "more than the edited values"),
        (TEXT.encode(), at(TEXT, "x", 'x, "'), "more than the edited values"),
        (TEXT.encode(), at(TEXT, "1  # one", "2\n c: 3"), "more than the edited values"),
        (b"a: &x 1\nb: *x\n", Replacement(3, 7, "2"), "more than the edited values"),
    ],
)
def test_a_file_that_would_read_otherwise_is_refused(data: bytes, edit: Replacement, words: str) -> None:
    with pytest.raises(NotEditable, match=words):
        edited_file(data, "a.yaml", [edit])


def test_a_document_that_cannot_be_read_stays_as_it_is() -> None:
    text = "a: 1\n---\nb: [\n"
    assert edited_file(text.encode(), "a.yaml", [at(text, "1", "2")]) == b"a: 2\n---\nb: [\n"


TEMPLATE = """{{- if .on }}\na: 'x' # why\nb: {{- include "c" . | nindent 2 }}\n{{- end }}\n"""


def test_a_value_of_a_template_may_change() -> None:
    assert edited_file(TEMPLATE.encode(), "a.yaml", [at(TEMPLATE, "'x'", "y")]) == TEMPLATE.replace("'x'", "y").encode()


@pytest.mark.parametrize(
    ("old", "new"),
    [("'x'", "y: z"), ("'x'", "y # z"), ("'x'", "[y]"), ("'x'", "'y"), ("'x' # why", "y"), ("x", "y, z"), ("'x'", "")],
)
def test_nothing_else_of_a_template_may_change(old: str, new: str) -> None:
    with pytest.raises(NotEditable, match="more than the edited values"):
        edited_file(TEMPLATE.encode(), "a.yaml", [at(TEMPLATE, old, new)])


def test_a_span_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotEditable, match="changed since"):
        replacement(SourceText("a.yaml", TEXT), Span(7, 1, 7, 2), "x")
    assert replacement(SourceText("a.yaml", TEXT), Span(1, 4, 1, 5), "x") == Replacement(3, 4, "x")

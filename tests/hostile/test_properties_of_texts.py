"""What holds for every YAML text: places say what stands there, both parsers agree, and an edit changes one value only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kubelint_lb.source.edit import NotEditable, Replacement, edited_file
from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence, to_python
from kubelint_lb.source.parse import parse_text

# The same examples every time, and no more than a few seconds of them.
few = settings(derandomize=True, max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORD = st.sampled_from(
    ("a", "web", "ключ", "x-y", "app.kubernetes.io/name", "80", "true", "null", "1e3", "-", "~", "é", "🚢", "0x1F")
)
ODD = st.text(alphabet=st.sampled_from("ab 1:-#&*!|>'\"%@`{}[],?\\\n\t\r\u00e9\u2028\x85🚢"), max_size=12).filter(
    lambda text: not any(sign in text for sign in ("{{", "[[", "{%", "@@"))  # of template engines
)
VALUE = st.recursive(
    st.one_of(WORD, ODD, st.integers(-5, 70_000), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WORD, inner, max_size=4)),
    max_leaves=12,
)


def quoted(text: str) -> str:
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\u2028": "\\L", "\x85": "\\N"}
    return '"' + "".join(escapes.get(sign, sign) for sign in text) + '"'


def scalar_text(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return quoted(value)
        case _:
            return str(value)


def flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[ " + ", ".join(map(flow, value)) + " ]"  # two brackets are a template's
    return scalar_text(value)


@st.composite
def yaml_texts(draw: st.DrawFn) -> tuple[str, object]:
    """A text in a mix of block and flow style with comments between, and what it says."""

    def block(value: object, indent: int) -> list[str]:
        lead = " " * indent
        comment = draw(st.sampled_from(("", "", "  # why", "  # ü: {x}")))
        if isinstance(value, dict) and value and draw(st.booleans()):
            lines: list[str] = []
            for key, one in value.items():
                lines += nested(f"{lead}{quoted(key)}:", one, indent + 2)
            return lines
        if isinstance(value, list) and value and draw(st.booleans()):
            lines = []
            for one in value:
                lines += nested(f"{lead}-", one, indent + 2)
            return lines
        return [f"{lead}{flow(value)}{comment}"]

    def nested(start: str, value: object, indent: int) -> list[str]:
        lines = block(value, indent)
        return [f"{start} {lines[0].lstrip()}"] if len(lines) == 1 and not isinstance(value, dict | list) else [start, *lines]

    value = draw(st.dictionaries(WORD, VALUE, min_size=1, max_size=4))
    end = draw(st.sampled_from(("\n", "\r\n")))
    return end.join(block(value, 0)) + draw(st.sampled_from(("", end))), value


def nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Mapping):
        yield from node.keys()
        for value in node.entries.values():
            yield from nodes(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from nodes(item)


def root_of(text: str, *, pure: bool = False) -> Node:
    (document,) = parse_text(text, "a.yaml", pure=pure)
    assert document.root is not None, [one.words for one in document.faults]
    return document.root


@few
@given(yaml_texts())
def test_a_text_says_what_was_written_by_both_parsers(made: tuple[str, object]) -> None:
    text, value = made
    assert to_python(root_of(text)) == to_python(root_of(text, pure=True)) == value


@few
@given(yaml_texts())
def test_a_place_holds_the_value_that_it_claims(made: tuple[str, object]) -> None:
    text, _ = made
    starts = [0]
    for index, sign in enumerate(text):
        if sign == "\n":
            starts.append(index + 1)
    for node in nodes(root_of(text)):
        span = node.span
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        there = text[starts[span.line - 1] + span.column - 1 : starts[span.end_line - 1] + span.end_column - 1]
        assert there == node.source
        if isinstance(node, Scalar):
            assert to_python(root_of(f"- {there}")) == [node.value]
        elif node.source[:1] in "{[":
            assert to_python(root_of(f"- {there}")) == [to_python(node)]


@few
@given(yaml_texts(), st.data(), st.one_of(WORD, ODD, st.integers(0, 9)))
def test_an_edit_changes_one_value_and_no_other(made: tuple[str, object], data: st.DataObject, new: str | int) -> None:
    text, value = made
    places = [path for path in paths(value) if path]
    assume(places)
    path = data.draw(st.sampled_from(places))
    node = root_of(text).get(*path)
    assert node is not None
    edit = Replacement(node.document.base + node.start, node.document.base + node.end, scalar_text(new))
    try:
        after = edited_file(text.encode(), "a.yaml", [edit]).decode()
    except NotEditable:
        assume(False)
        raise
    assert after == text[: edit.start] + edit.text + text[edit.end :]
    assert to_python(root_of(after)) == changed(value, path, new)


def paths(value: object) -> Iterator[tuple[str | int, ...]]:
    """Where the scalars are."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from ((key, *rest) for rest in paths(one))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from ((index, *rest) for rest in paths(one))
    else:
        yield ()


def changed(value: object, path: tuple[str | int, ...], new: object) -> object:
    if not path:
        return new
    first, *rest = path
    if isinstance(value, dict):
        return {key: changed(one, tuple(rest), new) if key == first else one for key, one in value.items()}
    assert isinstance(value, list)
    return [changed(one, tuple(rest), new) if index == first else one for index, one in enumerate(value)]


@few
@given(text=st.one_of(st.text(max_size=60), st.text(alphabet="ab:-[]{}#&*!|>'\"\n \t%", max_size=60)))
@pytest.mark.parametrize("pure", [False, True], ids=["C", "pure"])
def test_any_text_is_values_or_faults_with_places(text: str, pure: bool) -> None:
    last = len(text.splitlines()) + 2
    for document in parse_text(text, "a.yaml", pure=pure):
        for fault in document.faults:
            assert 1 <= fault.span.line <= last
        if document.root is not None and not document.faults:
            for node in nodes(document.root):
                assert 1 <= node.span.line <= node.span.end_line <= last

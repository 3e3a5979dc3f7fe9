"""From text to documents: where they start, what they leave out, and what a fault in one costs the others."""

from __future__ import annotations

import pytest

from kubelint_lb.source.node import Document, to_python
from kubelint_lb.source.parse import parse_text, split
from tests.source.reading import one

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["C", "pure"])


def values(documents: list[Document]) -> list[object]:
    return [to_python(document.root) for document in documents]


@BOTH
@pytest.mark.parametrize(
    ("text", "expected", "lines"),
    [
        ("a: 1\n---\nb: 2\n", [{"a": 1}, {"b": 2}], [1, 2]),
        ("---\na: 1\n---\nb: 2\n---\n", [{"a": 1}, {"b": 2}], [1, 3]),
        ("--- # first\na: 1\n--- \nb: 2\n", [{"a": 1}, {"b": 2}], [1, 3]),
        ("a: 1\r\n---\r\nb: 2\r\n", [{"a": 1}, {"b": 2}], [1, 2]),
        ("--- {a: 1}\n--- [2]\n", [{"a": 1}, [2]], [1, 2]),
        ("a: 1\n...\n---\nb: 2\n...\n", [{"a": 1}, {"b": 2}], [1, 3]),
        ("%YAML 1.2\n---\na: 1\n", [{"a": 1}], [1]),
        ("# c\n%YAML 1.1\n# c\n---\na: 1\n---\nb: 2\n", [{"a": 1}, {"b": 2}], [1, 6]),
        ("a: 1\n...\n%YAML 1.1\n---\nb: 2\n", [{"a": 1}, {"b": 2}], [1, 4]),
        ("a: 1\n... # end\n\n%YAML 1.1\n# c\n---\nb: 2\n", [{"a": 1}, {"b": 2}], [1, 6]),
        ("a: |\n  ---\n  b\n", [{"a": "---\nb\n"}], [1]),
        ("a: ---\n", [{"a": "---"}], [1]),
        ('{"a": 1}\n{"b": 2}\n', [{"a": 1}, {"b": 2}], [1, 2]),
        ('{\n  "a": 1\n}\n\n{"b": 2} {"c": 3}', [{"a": 1}, {"b": 2}, {"c": 3}], [1, 5, 5]),
        ("- a\n", [["a"]], [1]),
        ("a\n", ["a"], [1]),
    ],
)
def test_documents(text: str, expected: list[object], lines: list[int], pure: bool) -> None:
    documents = parse_text(text, "a.yaml", pure=pure)
    assert [fault.words for document in documents for fault in document.faults] == []
    assert values(documents) == expected
    assert [document.line for document in documents] == lines


@BOTH
@pytest.mark.parametrize("text", ["", "\n\n", "---\n", "---\n---\n", "# c\n", "---\n# c\n\n---\n", "  # c\r\n", "\t\n", "---"])
def test_what_says_nothing_is_left_out(text: str, pure: bool) -> None:
    assert parse_text(text, "a.yaml", pure=pure) == []


@BOTH
def test_a_fault_costs_its_document_only(pure: bool) -> None:
    documents = parse_text("a: 1\n---\nb: [\n---\nc: 3\n", "a.yaml", pure=pure)
    assert values(documents) == [{"a": 1}, None, {"c": 3}]
    (fault,) = documents[1].faults
    assert (fault.key, fault.path) == ("syntax", "a.yaml")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [1,,2]\n", (1, 7)),
        ("a: b: c\n", (1, 5)),
        ("a:\n\tb: 1\n", (2, 1)),
        ("a: @b\n", (1, 4)),
        ("a: 'b\n", (1, 4)),
        ('a: 1\nb: "c\n', (2, 4)),
        ("a: [1, 2\n", (1, 4)),
        ("a: {b: 1\n", (1, 4)),
        ("a: \x07\n", (1, 4)),
        ("a: 1\n b: 2\n", (2, 3)),
        ("a: *b\n", (1, 4)),
        ("# 😀\na: 😀 b: c\n", (2, 7)),
    ],
    ids=["commas", "colons", "tab", "reserved", "quote", "double quote", "list", "map", "control", "indent", "alias", "emoji"],
)
@BOTH
def test_a_fault_is_where_it_helps(text: str, place: tuple[int, int], pure: bool) -> None:
    (fault,) = one(text, pure=pure).faults
    assert tuple(fault.span)[:2] == place


def test_a_byte_order_mark_may_start_any_document() -> None:
    assert values(parse_text("\ufeffa: 1\n---\n\ufeffb: 2\n", "a.yaml")) == [{"a": 1}, {"b": 2}]


def test_a_tab_may_follow_a_separator() -> None:
    assert values(parse_text("a: 1\n---\t\nb: 2\n", "a.yaml")) == [{"a": 1}, {"b": 2}]


def test_what_nobody_wants_is_not_parsed() -> None:
    seen: list[str] = []

    def wanted(text: str) -> bool:
        seen.append(text)
        return "b" in text

    documents = parse_text("a: [\n---\nb: 1\n", "a.yaml", wanted)
    assert seen == ["a: [\n", "---\nb: 1\n"]
    assert [(document.root is None, document.faults) for document in documents] == [(True, []), (False, [])]
    assert documents[0].text == "a: [\n"


def test_split_covers_the_text() -> None:
    text = "a: 1\n---\nb: 2\n---x\n--- c\n"
    parts = [text[start:end] for start, end in split(text)]
    assert parts == ["a: 1\n", "---\nb: 2\n---x\n", "--- c\n"]


@BOTH
def test_duplicate_keys_keep_the_last_value(pure: bool) -> None:
    document = one("a: 1\nb: {c: 1, 'c': 2}\na: 3\na: 3\n", pure=pure)
    assert to_python(document.root) == {"b": {"c": 2}, "a": 3}
    places = [(tuple(twice.first.span)[:2], tuple(twice.second.span)[:2]) for twice in document.duplicates]
    assert places == [((2, 5), (2, 11)), ((1, 1), (3, 1)), ((3, 1), (4, 1))]
    assert [(to_python(twice.lost), to_python(twice.kept)) for twice in document.duplicates] == [(1, 2), (1, 3), (3, 3)]


@BOTH
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\n", {"b": 1, "c": 3}),
        ("a: &x {b: 1, c: 2}\nd: {c: 3, <<: *x}\n", {"b": 1, "c": 3}),
        ("a: &x {b: 1}\ne: &y {b: 2, c: 3}\nd: {<<: [*x, *y]}\n", {"b": 1, "c": 3}),
        ("d: {<<: {b: 1}}\n", {"b": 1}),
        ("a: &x {b: 1}\ne: &y {<<: *x, c: 2}\nd: {<<: *y}\n", {"b": 1, "c": 2}),
        ("d: {<<: null, b: 1}\n", {"b": 1}),
    ],
)
def test_merge_keys(text: str, expected: object, pure: bool) -> None:
    root = one(text, pure=pure).root
    assert root is not None
    assert to_python(root.get("d")) == expected


@BOTH
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\nb: &x 2\nc: *x\n", {"a": 1, "b": 2, "c": 2}),  # the anchor in force is the last one
        ("a: &x {b: &y 1}\nc: [*x, *y]\n", {"a": {"b": 1}, "c": [{"b": 1}, 1]}),
        ("&k a: 1\nb: *k\n", {"a": 1, "b": "a"}),
        ("a: [frontend:80]\n", {"a": ["frontend:80"]}),
        ("a: {u: http://x}\n", {"a": {"u": "http://x"}}),
        ("a: =\n", {"a": "="}),
        ("a: {{ x }}\nb: {{x}}\n", {"a": "{{ x }}", "b": "{{x}}"}),
        ("a: {b: {c: 1}}\n", {"a": {"b": {"c": 1}}}),
        ("{a: {b: c,}, d: [1, 2,],}\n", {"a": {"b": "c"}, "d": [1, 2]}),  # KYAML
        ('{"a": "\\ud83d\\ude00", "b": "\\ud83d"}', {"a": "😀", "b": "\ufffd"}),
        ("? [a, b]\n: c\n", {"[a, b]": "c"}),
        ("? a\n? b\n", {"a": None, "b": None}),
        ("80: a\nyes: b\n", {"80": "a", "yes": "b"}),
        ("'': a\n", {"": "a"}),
        ("a: !mine\n  b: 1\n", {"a": {"b": 1}}),
    ],
)
def test_text_that_is_legal_and_common(text: str, expected: object, pure: bool) -> None:
    document = one(text, pure=pure)
    assert [fault.words for fault in document.faults] == []
    assert to_python(document.root) == expected

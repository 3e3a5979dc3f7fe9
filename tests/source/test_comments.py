"""Comments that hold a word, with their places; a `#` in a value is none."""

from __future__ import annotations

import pytest

from kubelint_lb.source.comments import comments

NEEDLE = "lint:"


def found(text: str) -> list[tuple[int, int, int, str, bool]]:
    lines = tuple(text.split("\n"))
    return [(one.span.line, one.span.column, one.span.end_column, one.text, one.alone) for one in comments(lines, NEEDLE)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# lint: a", [(1, 1, 10, "lint: a", True)]),
        ("  #lint: a", [(1, 3, 11, "lint: a", True)]),
        ("a: 1 # lint: a", [(1, 6, 15, "lint: a", False)]),
        ("a: 1\t# lint: a", [(1, 6, 15, "lint: a", False)]),
        ("- # lint: a", [(1, 3, 12, "lint: a", False)]),
        ("x\n\n# lint: a\ny # lint: b", [(3, 1, 10, "lint: a", True), (4, 3, 12, "lint: b", False)]),
        ("a: 1 # first # lint: a", [(1, 6, 23, "first # lint: a", False)]),
        ("é😀: 1 # lint: a", [(1, 7, 16, "lint: a", False)]),
        ("a: it's # lint: don't", [(1, 9, 22, "lint: don't", False)]),
        ('a: "x" # lint: a', [(1, 8, 17, "lint: a", False)]),
        ("a: 'it''s' # lint: a", [(1, 12, 21, "lint: a", False)]),
        ("a: [\"x\",'y'] # lint: a", [(1, 14, 23, "lint: a", False)]),
        ('a: "\\"" # lint: a', [(1, 9, 18, "lint: a", False)]),
    ],
)
def test_comments(text: str, expected: list[tuple[int, int, int, str, bool]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "# nothing of ours",
        "a: x#lint: a",
        "a: '# lint: a'",
        'a: "# lint: a"',
        'a: "\\" # lint: a"',
        "a: 'it''s # lint: a'",
        '{"a":"# lint: a"}',
        "a: ['b', '# lint: a']",
    ],
)
def test_values_are_no_comments(text: str) -> None:
    assert found(text) == []

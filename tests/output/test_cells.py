"""What characters do on a terminal."""

import pytest

from kubelint_lb.output.cells import cells_of, one_line, width_of, wrap
from kubelint_lb.output.window import window


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("plain", 5),
        ("café", 4),
        ("cafe\u0301", 4),
        ("値段", 4),
        ("\uff46", 2),
        ("한글", 4),
        ("\u1112\u1161\u11ab", 2),
        ("🚀", 2),
        ("a\u200db", 2),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert width_of(text) == columns


def test_unsafe_characters_become_visible_ones() -> None:
    assert one_line("a\r\nb\tc\x00\x7f\x9b\u202e\udce9") == "a b c␀␡���"
    assert cells_of("\ta\x1b") == ["    ", "a", "␛"]


def test_wrap_counts_columns_and_never_breaks_a_word() -> None:
    assert wrap("値段 値段 ab https://example.org/long", 9) == ["値段 値段", "ab", "https://example.org/long"]
    assert wrap("", 9) == []


@pytest.mark.parametrize("width", [12, 20, 33])
@pytest.mark.parametrize("start", range(0, 60, 7))
def test_a_window_holds_the_token_and_fits(start: int, width: int) -> None:
    line = "値a\tb" * 15
    shown = window(line, start, start + 2, width)
    left, size = shown.underline(start, start + 2)
    assert width_of(shown.text) <= width
    assert shown.holds(start, start + 2)
    assert left + size <= width


def test_a_token_wider_than_the_window_is_cut() -> None:
    shown = window("key: " + "x" * 100, 5, 105, 20)
    assert shown.text == "…" + "x" * 18 + "…"
    assert shown.underline(5, 105) == (1, 18)

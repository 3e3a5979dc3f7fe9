"""Durations of the Gateway API, by the vectors of GEP-2257."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.durations import milliseconds
from kubelint_lb.source.parse import parse_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0s", 0), ("0h", 0), ("1h", 3_600_000), ("30m", 1_800_000), ("10s", 10_000), ("500ms", 500), ("2h30m", 9_000_000),
     ("1s500ms", 1500), ("1h30m10s5ms", 5_410_005), ("99999h", 359_996_400_000)],
)  # fmt: skip
def test_durations(text: str, expected: int) -> None:
    (document,) = parse_text(text, "a.yaml")
    assert milliseconds(document.root) == expected


@pytest.mark.parametrize(
    "text", ["1", "1m1", "1d", "1.5s", "-1s", "100us", "100000h", "1h1m1s1ms1h", "s", "''", "1S", "${TIMEOUT}"]
)
def test_texts_that_are_none(text: str) -> None:
    (document,) = parse_text(text, "a.yaml")
    assert milliseconds(document.root) is None


def test_what_is_not_there() -> None:
    assert milliseconds(None) is None

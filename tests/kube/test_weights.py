"""Shares of traffic, and how they are written for people."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.weights import percent, shares


def test_a_share_is_a_weight_over_the_sum() -> None:
    assert shares([80, 20]) == [80.0, 20.0]
    assert shares([1, 1, 2]) == [25.0, 25.0, 50.0]


def test_weights_of_zero_are_no_even_split() -> None:
    assert shares([0, 0]) == [0.0, 0.0]


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ([80, 10], ["88.9 %", "11.1 %"]),
        ([90, 10], ["90 %", "10 %"]),
        ([80, 1], ["98.8 %", "1.2 %"]),
        ([90, 10, 1], ["89.1 %", "9.9 %", "0.99 %"]),
        ([999999, 1], ["99.99 %", "<0.01 %"]),
        ([1, 0], ["100 %", "0 %"]),
    ],
)
def test_shares_in_words(weights: list[int], words: list[str]) -> None:
    assert [percent(share) for share in shares(weights)] == words

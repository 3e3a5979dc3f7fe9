"""Names that were probably meant."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.near import edits, is_near, is_slip, nearest


@pytest.mark.parametrize(
    ("written", "other", "near"),
    [
        ("web", "wep", True),
        ("web", "wbe", True),
        ("web", "webs", True),
        ("we", "wo", False),
        ("web", "web", False),
        ("backend", "bakcnd", False),
        ("frontend", "frotnedn", True),
        ("frontend", "forntned", True),
        ("frontend", "forntnedx", False),
        ("shop", "shop-canary", True),
        ("canary", "shop-canary", True),
        ("shop", "shopping", False),
        ("shop-a", "shop-b", True),
        ("web", "api", False),
    ],
)
def test_near_names(written: str, other: str, *, near: bool) -> None:
    assert is_near(written, other) is near
    assert is_near(other, written) is near


def test_two_edits_are_near_from_eight_characters_on() -> None:
    assert is_near("checkout", "chekuot") is False
    assert is_near("checkouts", "chekuots")


def test_a_swap_of_neighbours_is_one_edit() -> None:
    assert edits("canary", "canray", 3) == 1
    assert edits("canary", "xxxxxx", 2) == 3


def test_the_nearest_name_wins_then_the_alphabet() -> None:
    assert nearest("shop-web", ["shop-wep", "shop", "shop-wex"]) == "shop-wep"
    assert nearest("shop", ["payment", "orders"]) is None


@pytest.mark.parametrize(
    ("written", "other", "slip"),
    [
        ("store", "stroe", True),
        ("frontend", "forntned", True),
        ("webs", "wecs", False),
        ("store", "store-canary", False),
        ("store-v1", "store-v2", False),
        ("redis-1", "redis-12", False),
    ],
)
def test_slips_of_letters(written: str, other: str, *, slip: bool) -> None:
    assert is_slip(written, other) is slip

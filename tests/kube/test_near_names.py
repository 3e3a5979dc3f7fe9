"""Near names among many: the same as by comparing each."""

from __future__ import annotations

import random

import pytest

from kubelint_lb.kube.near import is_near, nearest
from kubelint_lb.kube.near_names import NearNames


@pytest.mark.parametrize("letters", ["ab-", "abcdefghij-", "0123456789"])
def test_an_index_finds_what_a_comparison_with_each_finds(letters: str) -> None:
    draw = random.Random(letters)

    def name() -> str:
        return "".join(draw.choice(letters) for _ in range(draw.randint(1, 14)))

    for _ in range(40):
        names = [name() for _ in range(120)]
        written = draw.choice([name(), names[0] + "-x", names[1][:-1], names[2][1:] + "a"])
        index = NearNames(names)
        assert sorted(one for group in index.by_distance(written) for one in group) == sorted(
            {one for one in names if is_near(written, one)}
        )
        assert index.nearest(written) == nearest(written, names)


def test_long_names_are_found_as_well() -> None:
    names = [f"{'component-' * 5}{number:03d}" for number in range(100)]
    assert NearNames(names).nearest("component-" * 5 + "0077") == "component-" * 5 + "007"


def test_one_edit_comes_before_two() -> None:
    many = [f"backend-{number:03d}-x" for number in range(200)]
    close, others = NearNames(many).by_distance("backend-111-y")
    assert close == ("backend-111-x",)
    assert "backend-110-x" in others

"""How near two files of a tree are."""

from __future__ import annotations

import pytest

from kubelint_lb.source.folders import are_in_line, are_neighbours, distance, is_within, parent


@pytest.mark.parametrize(
    ("other", "far"),
    [
        ("apps/shop/route.yaml", 0),
        ("apps/shop/service.yaml", 1),
        ("apps/shop/base/service.yaml", 2),
        ("apps/service.yaml", 3),
        ("apps/web/service.yaml", 3),
        ("service.yaml", 4),
        ("base/service.yaml", 4),
    ],
)
def test_the_same_file_then_its_folder_then_each_folder_above(other: str, far: int) -> None:
    assert distance("apps/shop/route.yaml", other) == far


def test_the_root_holds_every_folder() -> None:
    assert is_within("apps/shop", "")
    assert is_within("apps/shop", "apps")
    assert not is_within("apps-old", "apps")
    assert (parent("apps/shop"), parent("apps"), parent("")) == ("apps", "", "")


def test_folders_in_line_hold_one_another() -> None:
    assert are_in_line("apps", "apps/shop")
    assert are_in_line("apps/shop", "")
    assert not are_in_line("apps/shop", "apps/web")


def test_neighbours_share_a_folder_that_is_not_the_root() -> None:
    assert are_neighbours("apps/shop", "apps/web")
    assert are_neighbours("apps/shop", "apps")
    assert not are_neighbours("shop", "web")
    assert not are_neighbours("apps/shop", "infra/shop")

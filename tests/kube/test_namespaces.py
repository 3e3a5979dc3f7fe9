"""A namespace that is not written is unset, which is not `default`."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.namespaces import compatible, surely_differ


@pytest.mark.parametrize(
    ("left", "right"),
    [(None, None), (None, "shop"), (None, "default"), ("shop", "shop"), ("${NS}", "shop"), ("${NS}-a", "shop-a")],
)
def test_namespaces_that_may_be_the_same(left: str | None, right: str | None) -> None:
    assert compatible(left, right)
    assert compatible(right, left)
    assert not surely_differ(left, right)


@pytest.mark.parametrize(("left", "right"), [("shop", "default"), ("shop", "shop-b"), ("${NS}-a", "shop-b")])
def test_namespaces_that_surely_differ(left: str, right: str) -> None:
    assert surely_differ(left, right)
    assert surely_differ(right, left)

"""Globs as Go programs read them."""

from __future__ import annotations

import pytest

from kubelint_lb.source.globs import glob


@pytest.mark.parametrize(
    ("pattern", "path", "answer"),
    [
        ("apps/*", "apps/web", True),
        ("apps/*", "apps/web/deep", False),
        ("apps/**", "apps/web/deep", False),
        ("*/overlays/*", "web/overlays/dev", True),
        ("apps/?eb", "apps/web", True),
        ("apps/[a-w]eb", "apps/web", True),
        ("apps/[^w]eb", "apps/web", False),
        (r"apps/\*", "apps/*", True),
        ("apps/{a,b}", "apps/a", False),
        ("apps/[w", "apps/[w", True),
    ],
)
def test_a_star_within_one_folder(pattern: str, path: str, answer: bool) -> None:
    assert (glob(pattern, crosses=False).fullmatch(path) is not None) is answer


@pytest.mark.parametrize(
    ("pattern", "path", "answer"),
    [
        ("*.yaml", "deep/down/web.yaml", True),
        ("{*.yaml,*.yml}", "deep/web.yml", True),
        ("{a,{b,c}}/*", "c/web.yml", True),
        ("*a*b*", "xxbxxa", False),
        ("*a*b*", "xxaxxb", True),
        ("*ab", "abab", True),
    ],
)
def test_a_star_across_folders(pattern: str, path: str, answer: bool) -> None:
    assert (glob(pattern, crosses=True, alternatives=True).fullmatch(path) is not None) is answer


def test_hostile_globs_end() -> None:
    assert glob("*a" * 200 + "b", crosses=True).fullmatch("a" * 4000) is None
    assert glob("{a,b}" * 60, crosses=True, alternatives=True).fullmatch("a" * 60) is None

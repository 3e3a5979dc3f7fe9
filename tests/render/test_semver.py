"""Versions and ranges of them, as Helm and Flux read both."""

from __future__ import annotations

import pytest

from kubelint_lb.render.helm.semver import newest, parse_version

VERSIONS = (
    "0.2.3",
    "0.2.9",
    "0.3.0",
    "1.0.0",
    "1.2.0",
    "1.2.10",
    "1.10.0",
    "2.0.0-rc.1",
    "2.0.0",
    "2.1.0-beta.2",
    "2.1.0-beta.11",
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("1.2.0", "1.2.0"),
        ("v1.2.0", "1.2.0"),
        ("1.2.1", None),
        ("2.1.0-beta.2", "2.1.0-beta.2"),
        ("", "2.0.0"),
        ("*", "2.0.0"),
        ("1.x", "1.10.0"),
        ("1.2.*", "1.2.10"),
        ("1", "1.10.0"),
        ("1.2", "1.2.10"),
        ("~1.2.0", "1.2.10"),
        ("~1", "1.10.0"),
        ("^1.2.0", "1.10.0"),
        ("^0.2.3", "0.2.9"),
        ("^0", "0.3.0"),
        (">=1.0.0 <2.0.0", "1.10.0"),
        (">= 1.0.0, < 1.2.10", "1.2.0"),
        (">1.2", "2.0.0"),
        ("<=1.2", "1.2.10"),
        ("<1.2", "1.0.0"),
        ("!=2.x", "1.10.0"),
        ("1.0.0 - 1.2.0", "1.2.0"),
        ("0.2.x || 1.2.x", "1.2.10"),
        (">=2.0.0-0", "2.1.0-beta.11"),
        (">3", None),
        ("latest", None),
        ("1.2.0garbage", None),
    ],
)
def test_the_newest_version_of_a_range(wanted: str, found: str | None) -> None:
    assert newest(wanted, VERSIONS) == found


def test_versions_are_ordered_as_semver_says() -> None:
    ordered = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0"]
    parsed = [one for text in reversed(ordered) if (one := parse_version(text)) is not None]
    assert sorted(parsed) == [parse_version(text) for text in ordered]


def test_what_is_no_version() -> None:
    assert parse_version("main") is None

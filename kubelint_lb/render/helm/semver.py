"""Versions of charts, and the ranges of them that people write, as Helm and Flux read both.

Source: https://semver.org and https://github.com/Masterminds/semver#checking-version-constraints
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

_VERSION = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:[+_][0-9A-Za-z.-]+)?")
_PART = r"(?:\d+|[xX*])"
_COMPARISON = re.compile(
    rf"(=<|=>|[<>!]=|~>|[=<>~^])?\s*v?({_PART})(?:\.({_PART}))?(?:\.({_PART}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?"
)
_HYPHEN = re.compile(r"(\S+)\s+-\s+(\S+)")
_SEPARATORS = re.compile(r"[\s,]*")


class Version(NamedTuple):
    """A version, ordered as versions are: a release after its pre-releases, numbers before words."""

    numbers: tuple[int, int, int]
    released: bool = True
    before: tuple[tuple[int, int, str], ...] = ()


def parse_version(text: str) -> Version | None:
    """A version as a chart says it; None for anything else."""
    match = _VERSION.fullmatch(text.strip())
    if match is None:
        return None
    first, second, third = (int(part or 0) for part in match.group(1, 2, 3))
    return _version((first, second, third), match[4])


def _version(numbers: tuple[int, int, int], before: str | None) -> Version:
    parts = before.split(".") if before else []
    return Version(numbers, not parts, tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts))


class _Comparison(NamedTuple):
    """One comparison of a range. `known` counts the numbers that are written and no wildcards (0 to 3)."""

    sign: str
    version: Version
    known: int

    def holds(self, other: Version) -> bool:
        """Pre-releases are only for those who ask for one."""
        return (other.released or not self.version.released) and _SIGNS[self.sign](self, other)


def _same(one: _Comparison, other: Version) -> bool:
    return other == one.version if one.known == 3 else other.numbers[: one.known] == one.version.numbers[: one.known]


def _above(one: _Comparison, other: Version) -> bool:
    return other > one.version and not _same(one, other)


def _tilde(one: _Comparison, other: Version) -> bool:
    kept = min(one.known, 2)
    return other >= one.version and other.numbers[:kept] == one.version.numbers[:kept]


def _caret(one: _Comparison, other: Version) -> bool:
    """The first number that is not zero stays; of zeros, those that are written."""
    numbers = one.version.numbers
    kept = next((index + 1 for index in range(one.known) if numbers[index]), one.known)
    return other >= one.version and other.numbers[:kept] == numbers[:kept]


_SIGNS: dict[str, Callable[[_Comparison, Version], bool]] = {
    "": _same,
    "=": _same,
    "!=": lambda one, other: not _same(one, other),
    ">": _above,
    ">=": lambda one, other: other >= one.version,
    "=>": lambda one, other: other >= one.version,
    "<": lambda one, other: other < one.version,
    "<=": lambda one, other: not _above(one, other),
    "=<": lambda one, other: not _above(one, other),
    "~": _tilde,
    "~>": _tilde,
    "^": _caret,
}


def newest(wanted: str, versions: Iterable[str]) -> str | None:
    """The highest of some versions that a range allows, which may be a version itself; None where none does or it is none."""
    exact = parse_version(wanted)
    known = [(version, text) for text in versions if (version := parse_version(text)) is not None]
    if exact is not None and wanted.count(".") >= 2:
        return next((text for version, text in sorted(known, reverse=True) if version == exact), None)
    alternatives = _range(wanted)
    if alternatives is None:
        return None
    fitting = [one for one in known if any(all(part.holds(one[0]) for part in parts) for parts in alternatives)]
    return max(fitting)[1] if fitting else None


def _range(text: str) -> list[list[_Comparison]] | None:
    found = [_comparisons(part) for part in (text.strip() or "*").split("||")]
    parts = [one for one in found if one is not None]
    return parts if len(parts) == len(found) else None


def _comparisons(text: str) -> list[_Comparison] | None:
    text = _HYPHEN.sub(r">=\1 <=\2", text).strip()
    found = []
    position = 0
    while position < len(text):
        match = _COMPARISON.match(text, position)
        if match is None:
            return None
        found.append(_comparison(match))
        separator = _SEPARATORS.match(text, match.end())
        position = separator.end() if separator is not None else match.end()
        if position == match.end() < len(text):
            return None
    return found or None


def _comparison(match: re.Match[str]) -> _Comparison:
    written = match.group(2, 3, 4)
    known = next((index for index, part in enumerate(written) if part is None or not part.isdigit()), 3)
    first, second, third = (int(part) if index < known and part else 0 for index, part in enumerate(written))
    return _Comparison(match[1] or "", _version((first, second, third), match[5]), known)

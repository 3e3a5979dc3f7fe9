"""Finds names that are near a written one among many, without a comparison with each.

Two names are within n edits (a swap of neighbours is one) only if some text is left of both when n or fewer characters are taken
out: a deletion neighbourhood. Names are kept by all such texts, so that a look-up costs what the name is long, however many names
there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import combinations

from kubelint_lb.kube.near import edits, is_near

# As many are compared one by one: an index would cost more.
_FEW = 48
# The neighbourhood of a longer name grows with the square of its length; there are never many such.
_LONG = 40
# Two edits are a slip in names that are this long (see `is_near`).
_TWO_EDITS = 8


class NearNames:
    """Some names, by what is near to them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))
        self._known: dict[str, tuple[tuple[str, ...], ...]] = {}

    def by_distance(self, written: str) -> tuple[tuple[str, ...], ...]:
        """The names that are near, in two groups, each in order: one edit away, then all others (two edits, or a part before or
        behind a `-`)."""
        found = self._known.get(written)
        if found is None:
            near = [one for one in self._candidates(written) if is_near(written, one)]
            close = {one for one in near if edits(written, one, 1) <= 1}
            found = self._known[written] = (tuple(sorted(close)), tuple(sorted({*near} - close)))
        return found

    def nearest(self, written: str) -> str | None:
        """The nearest of the names that are near, the first in order of distance and alphabet; None where none is."""
        close, others = self.by_distance(written)
        if close:
            return close[0]
        return min(others, key=lambda other: (edits(written, other, 40), other), default=None)

    def _candidates(self, written: str) -> Iterable[str]:
        if len(self._names) <= _FEW or len(written) > _LONG:
            return self._names
        found = set(self._long)
        for text in _neighbourhood(written):
            found.update(self._by_neighbour.get(text, ()))
        found.update(part for part in _parts(written) if part in self._all)
        found.update(self._by_part.get(written, ()))
        return found

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(self._names)

    @cached_property
    def _long(self) -> list[str]:
        return [name for name in self._names if len(name) > _LONG]

    @cached_property
    def _by_neighbour(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            if len(name) <= _LONG:
                for text in _neighbourhood(name):
                    found[text].append(name)
        return found

    @cached_property
    def _by_part(self) -> dict[str, list[str]]:
        """Names by their parts before and behind each `-`."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            for part in set(_parts(name)):
                found[part].append(name)
        return found


def _parts(name: str) -> Iterator[str]:
    for index, char in enumerate(name):
        if char == "-":
            yield name[:index]
            yield name[index + 1 :]


def _neighbourhood(name: str) -> set[str]:
    """The name, and what is left of it without one character, or without any two where two edits are a slip."""
    most = 2 if len(name) >= _TWO_EDITS else 1
    found = {name}
    for count in range(1, most + 1):
        for gone in combinations(range(len(name)), count):
            found.add("".join(char for index, char in enumerate(name) if index not in gone))
    return found

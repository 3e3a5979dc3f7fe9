"""Which findings were there before: in a baseline, or in another revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from kubelint_lb.engine.settle import Mark

_T = TypeVar("_T")


def pair(now: Iterable[Mark], before: Sequence[tuple[str, _T]]) -> list[tuple[Mark, _T]]:
    """Which of some equal findings are which of those known before, given as (path, anything).

    Equal ones differ by place only. Of one file they belong together; what is left is taken to have moved, in order.
    """
    pairs, unpaired = [], []
    left = list(before)
    for mark in sorted(now, key=lambda one: one.ordinal):
        same_file = next((one for one in left if one[0] == mark.path), None)
        if same_file is None:
            unpaired.append(mark)
        else:
            left.remove(same_file)
            pairs.append((mark, same_file[1]))
    pairs += [(mark, one) for mark, (_, one) in zip(unpaired, left, strict=False)]
    return pairs


def marks_of_before(now: Iterable[Mark], before: Iterable[Mark], moved: Mapping[str, str]) -> frozenset[Mark]:
    """Which findings of now were there before. `moved`: the present paths of files that had others."""
    known: dict[tuple[str, ...], list[tuple[str, Mark]]] = defaultdict(list)
    for mark in before:
        known[mark.kin].append((moved.get(mark.path, mark.path), mark))
    equals: dict[tuple[str, ...], list[Mark]] = defaultdict(list)
    for mark in now:
        equals[mark.kin].append(mark)
    return frozenset(mark for kin, marks in equals.items() for mark, _ in pair(marks, known.get(kin, [])))

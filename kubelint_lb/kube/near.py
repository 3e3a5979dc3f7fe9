"""Names that were probably meant: one slip of the keyboard, or a prefix or suffix away."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DIGITS = re.compile("[0-9]+")


def is_near(written: str, other: str) -> bool:
    """Close enough to be the same name mistyped.

    Three or more characters and one edit (a swap of neighbours is one edit), eight or more and two edits, or one name is the
    other with a part before or behind a `-`.
    """
    if written == other or min(len(written), len(other)) < 3:
        return False
    if is_part(written, other):
        return True
    longer, shorter = (written, other) if len(written) > len(other) else (other, written)
    allowed = 2 if len(shorter) >= 8 else 1
    if len(longer) - len(shorter) > allowed:
        return False
    return edits(written, other, allowed) <= allowed


def is_slip(written: str, other: str) -> bool:
    """A slip of letters in a word of five or more: not `web-v1` for `web-v2`, not `web` for `web-canary`."""
    if min(len(written), len(other)) < 5 or _DIGITS.sub("0", written) == _DIGITS.sub("0", other):
        return False
    return edits(written, other, 2) <= (2 if min(len(written), len(other)) >= 8 else 1)


def is_part(name: str, other: str) -> bool:
    """One is the other with a part before or behind a `-`."""
    longer, shorter = (name, other) if len(name) > len(other) else (other, name)
    return longer.startswith(shorter + "-") or longer.endswith("-" + shorter)


def edits(left: str, right: str, limit: int) -> int:
    """Edit distance with swaps of neighbours (optimal string alignment), at most `limit + 1`."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    left, right = _without_common_ends(left, right)
    if not left or not right:
        return max(len(left), len(right))
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for row, left_char in enumerate(left, start=1):
        current = [row]
        for column, right_char in enumerate(right, start=1):
            cost = left_char != right_char
            best = min(last[column] + 1, current[-1] + 1, last[column - 1] + cost)
            if row > 1 and column > 1 and left_char == right[column - 2] and left[row - 2] == right_char:
                best = min(best, before_last[column - 2] + 1)
            current.append(best)
        if min(current) > limit:
            return limit + 1
        before_last, last = last, current
    return last[-1]


def _without_common_ends(left: str, right: str) -> tuple[str, str]:
    """What differs: equal ends cost nothing, and most names differ in the middle only."""
    shortest = min(len(left), len(right))
    start = 0
    while start < shortest and left[start] == right[start]:
        start += 1
    end = 0
    while end < shortest - start and left[-1 - end] == right[-1 - end]:
        end += 1
    return left[start : len(left) - end], right[start : len(right) - end]


def nearest(written: str, others: Iterable[str]) -> str | None:
    """The nearest of a few names that are near, the first in order of distance and alphabet; None where none is."""
    found = sorted({other for other in others if is_near(written, other)}, key=lambda other: (edits(written, other, 40), other))
    return found[0] if found else None

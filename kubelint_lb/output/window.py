"""The part of a source line that fits the terminal, and where a token lies in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import NamedTuple

from kubelint_lb.output.cells import cells_of, width_of

ELLIPSIS = "…"


class Window(NamedTuple):
    """What is shown of a line: `text`, and the code points `first` to `last` (0-based, exclusive) that it holds.

    `left` is the terminal column, from 0, that each shown code point starts at; one more for the end.
    """

    text: str
    first: int
    last: int
    left: tuple[int, ...]

    def holds(self, start: int, end: int) -> bool:
        """Is the whole of the code points `start` to `end` shown?"""
        return self.first <= start and end <= self.last

    def underline(self, start: int, end: int) -> tuple[int, int]:
        """Terminal column and width of the code points `start` to `end`, cut to what is shown; at least one wide."""
        begin = self.left[min(max(start, self.first), self.last) - self.first]
        stop = self.left[min(max(end, self.first), self.last) - self.first]
        return begin, max(stop - begin, 1)


def window(line: str, start: int, end: int, width: int) -> Window:
    """The stretch of `line` of at most `width` columns around the code points `start` to `end` (0-based, exclusive).

    The line's beginning is kept if the token then fits. `…` stands for what is cut on either side.
    """
    # A file can be one line of a hundred megabytes: look only at what could be shown.
    base = max(0, start - width) if len(line) > 4 * width else 0
    rest = line[base:] if len(line) <= 4 * width else line[base : start + 2 * width]
    cells = cells_of(rest.rstrip() if base + len(rest) == len(line) else rest)
    left = list(accumulate(map(width_of, cells), initial=0))
    size = len(cells)
    cut_right = base + len(rest) < len(line)
    if base == 0 and not cut_right and left[size] <= width:
        return Window("".join(cells), 0, size, tuple(left))
    start, end = min(start - base, size), min(end - base, size)
    first = 0 if base == 0 and left[end] < width else _first(left, left[start], left[max(start, end)], width)
    if not cut_right:
        # Near the end of the line there is room to show more of what comes before.
        first = min(first, bisect_left(left, left[size] - (width - 1)))
    leads = base + first > 0
    room = width - leads
    last = bisect_right(left, left[first] + room, first) - 1
    if last < size or cut_right:
        last = min(last, bisect_right(left, left[first] + room - 1, first) - 1)
    text = ELLIPSIS * leads + "".join(cells[first:last]) + ELLIPSIS * (last < size or cut_right)
    shown = tuple(column - left[first] + leads for column in left[first : last + 1])
    return Window(text, base + first, base + last, shown)


def _first(left: list[int], token: int, stop: int, width: int) -> int:
    """The first cell to show: a third of the width before the token, less where the token needs the room."""
    before = min(width // 3, max(0, width - 2 - (stop - token)))
    return bisect_left(left, max(0, token - before))

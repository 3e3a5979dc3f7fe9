"""Which lines an excerpt shows: places that lie near each other in one file share it, with a little context."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.report.finding import Finding
from kubelint_lb.source.place import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kubelint_lb.source.span import Span

NEAR = 12  # lines between two places that still share an excerpt
BEFORE = 2  # lines of context: in YAML the lines above name the thing
AFTER = 1

_SECRET = re.compile(r"""["']?\bkind["']?\s*:\s*["']?Secret\b""")


class Mark(NamedTuple):
    """A token to underline; `order` is 0 for the finding itself (its words are the message), then counts on."""

    span: Span
    order: int
    label: str = ""

    @property
    def primary(self) -> bool:
        """Is this the place of the finding itself?"""
        return not self.order


class Block(NamedTuple):
    """Marks of one file that share an excerpt, by position; `head` is the place named above it."""

    head: Location
    marks: tuple[Mark, ...]


def blocks_of(finding: Finding) -> list[Block]:
    """The excerpts of a finding: the one with the primary place first, then as the related places come."""
    by_path = {finding.location.path: [Mark(finding.location.span, 0)]}
    for order, related in enumerate(finding.related, 1):
        mark = Mark(related.location.span, order, related.message)
        by_path.setdefault(related.location.path, []).append(mark)
    groups = [(path, group) for path, marks in by_path.items() for group in _clusters(marks)]
    groups.sort(key=lambda item: min(mark.order for mark in item[1]))
    return [Block(Location(path, _head(group).span), tuple(group)) for path, group in groups]


def _head(group: Sequence[Mark]) -> Mark:
    return next((mark for mark in group if mark.primary), group[0])


def _clusters(marks: Iterable[Mark]) -> list[list[Mark]]:
    ordered = sorted(marks, key=lambda mark: (mark.span, mark.order))
    clusters = [[ordered[0]]]
    for before, mark in pairwise(ordered):
        if mark.span.line - before.span.line <= NEAR:
            clusters[-1].append(mark)
        else:
            clusters.append([mark])
    return clusters


class Sources:
    """The lines of the files that findings point at, and how much of them an excerpt may show."""

    def __init__(self, lines: Mapping[str, Sequence[str]]) -> None:
        self._lines = lines
        self._bounds: dict[str, list[tuple[int, int, bool]]] = {}

    def line(self, path: str, number: int) -> str | None:
        """The 1-based line, or None where it is not known."""
        lines = self._lines.get(path, ())
        return lines[number - 1] if 1 <= number <= len(lines) else None

    def shown(self, block: Block) -> list[int]:
        """The line numbers to show, ascending: the marked ones with context, and single lines between them."""
        path = block.head.path
        numbers: set[int] = set()
        for mark in block.marks:
            if self.line(path, mark.span.line) is not None:
                numbers.update(self._context(path, mark.span.line))
        for before, after in pairwise(sorted(numbers)):
            # `...` would take the same room as the line that it stands for.
            if after - before == 2 and self._may_show(path, before + 1):
                numbers.add(before + 1)
        return sorted(numbers)

    def _context(self, path: str, number: int) -> range:
        first, last, secret = self._document(path, number)
        if secret:
            return range(number, number + 1)
        first, last = max(first, number - BEFORE), min(last, number + AFTER)
        while first < number and not (self.line(path, first) or "").strip():
            first += 1
        while last > number and not (self.line(path, last) or "").strip():
            last -= 1
        return range(first, last + 1)

    def _may_show(self, path: str, number: int) -> bool:
        return not self._document(path, number)[2]

    def _document(self, path: str, number: int) -> tuple[int, int, bool]:
        """First and last line of the document around a line; does it hold a Secret, whose values stay hidden?"""
        if path not in self._bounds:
            self._bounds[path] = _documents(self._lines[path])
        bounds = self._bounds[path]
        first, last, secret = bounds[bisect_right(bounds, number, key=itemgetter(0)) - 1]
        # A line that separates two documents belongs to none.
        return (first, last, secret) if number <= last else (number, number, False)


def _documents(lines: Sequence[str]) -> list[tuple[int, int, bool]]:
    starts = [number for number, line in enumerate(lines, 1) if line.startswith("---")]
    edges = [0, *starts, len(lines) + 1]
    return [
        (before + 1, after - 1, any(_SECRET.search(line) for line in lines[before : after - 1] if "Secret" in line))
        for before, after in pairwise(edges)
    ]

"""The text of a file, with places."""

from __future__ import annotations

import re
from bisect import bisect_right

from kubelint_lb.source.span import Span

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class SourceText:
    """The text of one file and where its lines start."""

    __slots__ = ("_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] | None = None

    @property
    def line_starts(self) -> list[int]:
        """Offsets (code points, 0-based) of the first character of every line."""
        if self._starts is None:
            self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]
        return self._starts

    def place(self, offset: int) -> tuple[int, int]:
        """1-based line and column of a 0-based offset."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets; `end` is exclusive."""
        return Span(*self.place(start), *self.place(max(start, end)))

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines without their breaks."""
        return tuple(_LINE_BREAK.split(self.text))

"""The text of a file and of the documents in it, with places."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.source.span import Span

if TYPE_CHECKING:
    from kubelint_lb.source.fault import Fault
    from kubelint_lb.source.node import Node

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


class Duplicate(NamedTuple):
    """A key that occurs twice in one map: the nodes of both keys, the value that is lost and the one that stays."""

    first: Node
    second: Node
    lost: Node
    kept: Node


class Document:
    """One YAML document of a file; `base` is the offset of its text in the file."""

    __slots__ = ("base", "duplicates", "end", "faults", "root", "source", "template")

    def __init__(self, source: SourceText, base: int, end: int) -> None:
        self.source = source
        self.base = base
        self.end = end
        self.root: Node | None = None
        self.duplicates: list[Duplicate] = []
        self.faults: list[Fault] = []
        # Braces of a template engine stand where YAML has structure: what was parsed is not what will be applied.
        self.template = False

    @property
    def text(self) -> str:
        """The document as written."""
        return self.source.text[self.base : self.end]

    @property
    def line(self) -> int:
        """1-based line the document starts at."""
        return self.source.place(self.base)[0]

"""Stretches of a document that are no values: parts of templates, whole lines to take out, places to put lines in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kubelint_lb.source.document import Document, Node
from kubelint_lb.source.node import Mapping


class Stretch(Node):
    """The characters between two offsets of a document (0-based, the end exclusive); none where they are the same."""

    __slots__ = ("_end", "_start")

    def __init__(self, document: Document, start: int, end: int) -> None:
        self.document = document
        self._start = start
        self._end = end

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self._start

    @property
    def end(self) -> int:
        """Offset after the last one."""
        return self._end


class Insertion(NamedTuple):
    """A text, and the place (an empty stretch) where it is put."""

    place: Stretch
    text: str


def lines_of_entry(mapping: Mapping, name: str) -> Stretch | None:
    """The lines of one entry of a block map, to take it out; None where the entry shares a line with others, or is an alias'."""
    key, value = mapping.key(name), mapping.get(name)
    start = _line_start(mapping, key)
    if key is None or value is None or start is None or value.document is not mapping.document:
        return None
    text = mapping.document.text
    newline = text.find("\n", max(value.end, key.end))
    end = len(text) if newline < 0 else newline + 1
    return Stretch(mapping.document, start, end)


def first_line(mapping: Mapping, line: str) -> Insertion | None:
    """A line put before the first entry of a block map, as far indented and with the same line end; None for a flow map."""
    return first_lines(mapping, (line,))


def first_lines(mapping: Mapping, lines: Iterable[str]) -> Insertion | None:
    """Lines put before the first entry of a block map, as `first_line` does."""
    first = next(mapping.keys(), None)
    start = _line_start(mapping, first)
    if first is None or start is None:
        return None
    text = mapping.document.text
    indent = text[start : first.start]
    end = "\r\n" if text[:start].endswith("\r\n") else "\n"
    return Insertion(Stretch(mapping.document, first.start, first.start), "".join(f"{line}{end}{indent}" for line in lines))


def _line_start(mapping: Mapping, key: Node | None) -> int | None:
    """Where the line of a key starts, if nothing but blanks stands before it, in a block map of its own document."""
    if key is None or mapping.flow or key.document is not mapping.document:
        return None
    text = mapping.document.text
    start = text.rfind("\n", 0, key.start) + 1
    return None if text[start : key.start].strip() else start

"""Stretches of a document that are no values: whole lines to take out, and places to put lines in."""

from __future__ import annotations

from typing import NamedTuple

from kubelint_lb.source.document import Document, Node
from kubelint_lb.source.node import Mapping


class Stretch(Node):
    """The characters between two offsets of a document; none where they are the same."""

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
    if key is None or value is None or mapping.flow or value.document is not mapping.document:
        return None
    text = mapping.document.text
    start = text.rfind("\n", 0, key.start) + 1
    if text[start : key.start].strip():
        return None
    newline = text.find("\n", max(value.end, key.end))
    end = len(text) if newline < 0 else newline + 1
    return Stretch(mapping.document, start, end)


def first_line(mapping: Mapping, line: str) -> Insertion | None:
    """A line put before the first entry of a block map, as far indented and with the same line end; None for a flow map."""
    first = next(mapping.keys(), None)
    if first is None or mapping.flow or first.document is not mapping.document:
        return None
    text = mapping.document.text
    start = text.rfind("\n", 0, first.start) + 1
    indentation = text[start : first.start]
    if indentation.strip():
        return None
    end = "\r\n" if text[:start].endswith("\r\n") else "\n"
    return Insertion(Stretch(mapping.document, first.start, first.start), f"{line}{end}{indentation}")

"""Stretches of a document that are no values: parts of templates, whole lines to take out, places to put lines in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kubelint_lb.source.document import Document, Node
from kubelint_lb.source.node import Mapping, Scalar, Sequence


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


class Literal(Stretch):
    """A stretch of a template that is a value as it stands there, whatever the template is filled with."""

    __slots__ = ()


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
    return Stretch(mapping.document, start, _next_line(mapping.document.text, max(value.end, key.end)))


def in_place_of(mapping: Mapping, name: str, lines: Iterable[str]) -> Insertion | None:
    """Lines in the place of an entry of a block map, key and all; None where the entry shares a line with others."""
    key, value = mapping.key(name), mapping.get(name)
    start = _line_start(mapping, key)
    if key is None or value is None or start is None or value.document is not mapping.document:
        return None
    text = mapping.document.text
    if _line_end(text, value.end) is None:
        return None
    between = _newline(text) + text[start : key.start]
    return Insertion(Stretch(mapping.document, key.start, max(value.end, key.end)), between.join(lines))


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


def next_lines(mapping: Mapping, name: str, lines: Iterable[str]) -> Insertion | None:
    """Lines put after the entry `name` of a map, as far indented as it, or one as the next entry of a flow map.

    None where the value of `name` is no text that ends on the line of its key.
    """
    key, value, lines = mapping.key(name), mapping.get(name), tuple(lines)
    if not isinstance(key, Scalar) or not isinstance(value, Scalar) or value.document is not mapping.document:
        return None
    text = mapping.document.text
    if mapping.flow:
        return Insertion(Stretch(mapping.document, value.end, value.end), f", {lines[0]}") if len(lines) == 1 else None
    before, end = text[_this_line(text, key.start) : key.start], _line_end(text, value.end)
    if end is None or "\n" in text[key.start : value.end] or before.strip(" -"):
        return None
    indent = _newline(text) + " " * len(before)
    return Insertion(Stretch(mapping.document, end, end), "".join(f"{indent}{line}" for line in lines))


def next_item(item: Scalar, text: str) -> Insertion | None:
    """A text as the next item of the list that an item is in; None where the item does not have its line to itself."""
    document, whole = item.document, item.document.text
    before = whole[_this_line(whole, item.start) : item.start]
    if before.strip() == "-":
        end = _line_end(whole, item.end)
        return Insertion(Stretch(document, end, end), _newline(whole) + before + text) if end is not None else None
    return Insertion(Stretch(document, item.end, item.end), f", {text}") if before.rstrip().endswith(("[", ",")) else None


def last_item(sequence: Sequence, lines: Iterable[str]) -> Insertion | None:
    """Lines of a map as the last item of a block list; None for a flow list, or one that ends on a line with something else."""
    document, whole = sequence.document, sequence.document.text
    last = sequence.items[-1] if sequence.items else None
    if last is None or sequence.flow or last.document is not document:
        return None
    before, end = whole[_this_line(whole, last.start) : last.start], _line_end(whole, last.end)
    if before.strip() != "-" or end is None:
        return None
    indent = _newline(whole) + " " * len(before)
    first, *rest = lines
    return Insertion(Stretch(document, end, end), _newline(whole) + before + first + "".join(f"{indent}{line}" for line in rest))


def lines_of_item(item: Node) -> Stretch | None:
    """The lines of one item of a block list, to take it out; None where it shares a line with others."""
    text = item.document.text
    start = _this_line(text, item.start)
    return Stretch(item.document, start, _next_line(text, item.end)) if text[start : item.start].strip() == "-" else None


def document_after(document: Document, lines: Iterable[str]) -> Insertion | None:
    """A document put after another one in its file; None in a template."""
    if document.template:
        return None
    text = document.text
    newline = _newline(text)
    before = "" if text.endswith("\n") else newline
    body = newline.join(("---", *lines, ""))
    return Insertion(Stretch(document, len(text), len(text)), before + body)


def _line_start(mapping: Mapping, key: Node | None) -> int | None:
    """Where the line of a key starts, if nothing but blanks stands before it, in a block map of its own document."""
    if key is None or mapping.flow or key.document is not mapping.document:
        return None
    text = mapping.document.text
    start = _this_line(text, key.start)
    return None if text[start : key.start].strip() else start


def _this_line(text: str, offset: int) -> int:
    """Where the line of an offset starts."""
    return text.rfind("\n", 0, offset) + 1


def _next_line(text: str, offset: int) -> int:
    """Where the line after that of an offset starts, or the text ends."""
    return text.find("\n", offset) + 1 or len(text)


def _line_end(text: str, offset: int) -> int | None:
    """Where the line of an offset ends, before its line break; None where more than a comment follows on it."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end - 1 if text[end - 1] == "\r" else end
    rest = text[offset:end].strip()
    return end if not rest or rest.startswith("#") else None


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"

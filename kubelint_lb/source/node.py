"""YAML values with their places. Built once by `parse`, then only read.

Nodes are plain slotted classes, not dataclasses: a run makes one for every value of every manifest, and everything that can
wait (values, spans) is worked out when asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Protocol

from kubelint_lb.source.placeholder import has_placeholder
from kubelint_lb.source.scalars import ScalarValue, resolve_plain, resolve_tagged
from kubelint_lb.source.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROPERTIES = re.compile(r"(?:(?:&[^\s,\[\]{}]+|![^\s,\[\]{}]*)\s+)+")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Mark(Protocol):
    """A place in one document's text; `index` counts code points from 0."""

    @property
    def index(self) -> int: ...  # noqa: D102


class Event(Protocol):
    """What the parsers tell of a scalar, or of the start or end of a collection."""

    start_mark: Mark
    end_mark: Mark


class ScalarEvent(Event, Protocol):
    """A parser's scalar."""

    value: str
    style: str | None
    tag: str | None
    anchor: str | None


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


class Document:
    """One YAML document of a file; `base` is the offset of its text in the file."""

    __slots__ = ("base", "duplicates", "end", "faults", "root", "source")

    def __init__(self, source: SourceText, base: int, end: int) -> None:
        self.source = source
        self.base = base
        self.end = end
        self.root: Node | None = None
        self.duplicates: list[tuple[Node, Node]] = []
        self.faults: list[Fault] = []

    @property
    def text(self) -> str:
        """The document as written."""
        return self.source.text[self.base : self.end]

    @property
    def line(self) -> int:
        """1-based line the document starts at."""
        return self.source.place(self.base)[0]


class Node:
    """A YAML value at a place in a document."""

    __slots__ = ("document",)

    document: Document

    @property
    def start(self) -> int:
        """Offset of the first character in the document."""
        raise NotImplementedError

    @property
    def end(self) -> int:
        """Offset after the last character in the document."""
        raise NotImplementedError

    @property
    def span(self) -> Span:
        """Where the value stands, in its file."""
        base = self.document.base
        return self.document.source.span(base + self.start, base + self.end)

    @property
    def path(self) -> str:
        """The file the value stands in."""
        return self.document.source.path

    @property
    def source(self) -> str:
        """The characters of the value as written."""
        return self.document.text[self.start : self.end]

    def get(self, *_path: str | int) -> Node | None:
        """The node under a path of keys and indexes, or None."""
        return None


class Fault(Node):
    """Why a document could not be read: a key (`syntax`, `too-deep`, `aliases`) and the parser's words, at a place.

    `offset` counts code points from the document's start.
    """

    __slots__ = ("key", "offset", "words")

    def __init__(self, document: Document, offset: int, key: str, words: str) -> None:
        self.document = document
        self.offset = offset
        self.key = key
        self.words = words

    @property
    def start(self) -> int:
        """The fault's offset."""
        return self.offset

    @property
    def end(self) -> int:
        """One character on, unless the line ends there."""
        document = self.document
        end = document.base + self.offset
        at_end = end >= document.end or document.source.text[end] in "\r\n"
        return self.offset if at_end else self.offset + 1


class Scalar(Node):
    """A string, number, boolean or null."""

    __slots__ = ("_value", "event", "place")

    def __init__(self, document: Document, event: ScalarEvent, place: Event | None = None) -> None:
        self.document = document
        self.event = event
        self.place: Event = event if place is None else place

    @property
    def text(self) -> str:
        """The characters of the value, unescaped; of a number, as written."""
        return self.event.value

    @property
    def plain(self) -> bool:
        """Written without quotes and not as a block."""
        return not self.event.style

    @property
    def tagged(self) -> bool:
        """Written with a tag (`!!str 5`), which says the type whatever the quotes."""
        return self.event.tag is not None

    @property
    def value(self) -> ScalarValue:
        """What kubectl reads: text, number, boolean or null."""
        try:
            return self._value
        except AttributeError:
            event = self.event
            value: ScalarValue
            if event.tag is not None and event.tag != "!":
                value = resolve_tagged(event.value, event.tag)
            elif event.style or event.tag == "!":
                value = event.value
            else:
                value = resolve_plain(event.value)
            self._value: ScalarValue = value
            return value

    @property
    def unknown(self) -> bool:
        """Holds a placeholder that some tool fills in later."""
        return has_placeholder(self.event.value)

    @property
    def start(self) -> int:
        """Offset of the value itself, after its anchor and tag."""
        offset = self.place.start_mark.index
        if self.place is self.event and (self.event.anchor is not None or self.event.tag is not None):
            text = self.document.text
            if properties := _PROPERTIES.match(text, offset, self.place.end_mark.index):
                return properties.end()
        return offset

    @property
    def end(self) -> int:
        """Offset after the last character; of a block, of its last line."""
        offset = self.place.end_mark.index
        if self.event.style in {"|", ">"} and self.place is self.event:
            start = self.place.start_mark.index
            return start + len(self.document.text[start:offset].rstrip())
        return offset

    def get(self, *path: str | int) -> Node | None:
        """Itself for an empty path: a scalar has no children."""
        return None if path else self

    def __repr__(self) -> str:
        return f"Scalar({self.event.value!r})"


class Collection(Node):
    """What mappings and sequences share: where they start and end."""

    __slots__ = ("anchored", "end_event", "flow", "start_event")

    def __init__(self, document: Document, start_event: Event) -> None:
        self.document = document
        self.start_event = start_event
        self.end_event: Event = start_event
        self.flow: bool = bool(getattr(start_event, "flow_style", False))
        # An alias shares the children of its anchor but stands at its own place.
        self.anchored: Event | None = None

    def _last(self) -> Node | None:
        raise NotImplementedError

    @property
    def start(self) -> int:
        """Offset of the first character, after an anchor and a tag; of an alias, its own."""
        if self.anchored is not None:
            return self.anchored.start_mark.index
        offset = self.start_event.start_mark.index
        if properties := _PROPERTIES.match(self.document.text, offset):
            return properties.end()
        return offset

    @property
    def end(self) -> int:
        """Offset after the last character of the last value, or after the closing bracket."""
        if self.anchored is not None:
            return self.anchored.end_mark.index
        if self.flow:
            return self.end_event.end_mark.index
        # The parser ends a block collection at the next token; its last value is where people see it end.
        last = self._last()
        return max(self.start, last.end) if last is not None and last.document is self.document else self.start + 1


class Mapping(Collection):
    """Keys and values; `entries` maps a key's text to its key node and value node, in the order written."""

    __slots__ = ("entries",)

    def __init__(self, document: Document, start_event: Event, entries: dict[str, tuple[Node, Node]]) -> None:
        super().__init__(document, start_event)
        self.entries = entries

    def _last(self) -> Node | None:
        last = None
        for _, last in self.entries.values():  # noqa: B007
            pass
        return last

    def get(self, *path: str | int) -> Node | None:
        """The node under a path of keys and indexes, or None."""
        if not path:
            return self
        entry = self.entries.get(path[0])  # type: ignore[arg-type]
        if entry is None:
            return None
        value = entry[1]
        return value if len(path) == 1 else value.get(*path[1:])

    def key(self, name: str) -> Node | None:
        """The node of a key itself."""
        entry = self.entries.get(name)
        return None if entry is None else entry[0]

    def items(self) -> Iterator[tuple[str, Node]]:
        """Key texts with value nodes."""
        for name, (_, value) in self.entries.items():
            yield name, value

    def __repr__(self) -> str:
        return f"Mapping({list(self.entries)})"


class Sequence(Collection):
    """A list of values."""

    __slots__ = ("items",)

    def __init__(self, document: Document, start_event: Event, items: list[Node]) -> None:
        super().__init__(document, start_event)
        self.items = items

    def _last(self) -> Node | None:
        return self.items[-1] if self.items else None

    def get(self, *path: str | int) -> Node | None:
        """The node under a path of indexes and keys, or None."""
        if not path:
            return self
        index = path[0]
        if not isinstance(index, int) or not 0 <= index < len(self.items):
            return None
        return self.items[index].get(*path[1:])

    def __repr__(self) -> str:
        return f"Sequence({len(self.items)})"


def to_python(node: Node | None) -> object:
    """Plain dictionaries, lists and scalars; keys are texts."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return {name: to_python(value) for name, value in node.items()}
    if isinstance(node, Sequence):
        return [to_python(item) for item in node.items]
    return None

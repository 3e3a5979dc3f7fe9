"""One YAML document of a file, and what stands in it: values with their places, faults, keys that occur twice."""

from __future__ import annotations

from typing import NamedTuple

from kubelint_lb.source.span import Span
from kubelint_lb.source.text import SourceText


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

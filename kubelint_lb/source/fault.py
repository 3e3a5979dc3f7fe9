"""Why a document could not be read, at its place: a node, so that a finding can point at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_lb.source.node import Node

if TYPE_CHECKING:
    from kubelint_lb.source.text import Document


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

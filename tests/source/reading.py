"""What the tests of the source layer share: one document, by both parsers."""

from __future__ import annotations

from kubelint_lb.source.node import Document, Node
from kubelint_lb.source.parse import parse_text


def one(text: str, *, pure: bool = False) -> Document:
    """The only document of a text."""
    (document,) = parse_text(text, "a.yaml", pure=pure)
    return document


def at(text: str, *path: str | int, pure: bool = False) -> Node:
    """The node at a path of the only document."""
    document = one(text, pure=pure)
    assert document.root is not None, [fault.words for fault in document.faults]
    node = document.root.get(*path)
    assert node is not None
    return node

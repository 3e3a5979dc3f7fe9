"""Rendered documents: parsed from a renderer's output, but pointing at the files that people edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from kubelint_lb.source.node import Document, Mapping, Node, Scalar, Sequence, SourceText
from kubelint_lb.source.scalars import ScalarValue
from kubelint_lb.source.steps import Way

# Given the way to a rendered node and the node itself: the node of a source file that holds or sets its value, or None.
Locate: TypeAlias = Callable[[Way, Node], Node | None]


class RenderedDocument(Document):
    """One object of a renderer's output. `source_path` is the file (relative to the root) it comes from, for suppressions
    and per-path settings; `locate_in_source` finds where a value of it is written."""

    __slots__ = ("fallback", "locate_in_source", "source_path")

    def __init__(self, source: SourceText, base: int, end: int, source_path: str, fallback: Node, locate: Locate) -> None:
        super().__init__(source, base, end)
        self.source_path = source_path
        # Where findings go that cannot be traced: the object in its source file.
        self.fallback = fallback
        self.locate_in_source = locate


def adopt(document: Document, rendered: RenderedDocument) -> None:
    """Makes the nodes of a parsed document those of a rendered one, which must have the same text."""
    rendered.root = document.root
    rendered.duplicates = document.duplicates
    waiting = [document.root, *(node for pair in document.duplicates for node in pair)]
    while waiting:
        node = waiting.pop()
        if node is None or node.document is rendered:
            continue
        node.document = rendered
        if isinstance(node, Mapping):
            waiting += [*node.entries.values(), *(node.key_nodes or {}).values()]
        elif isinstance(node, Sequence):
            waiting += node.items


class Substituted(Scalar):
    """A value that variables were filled into: `origin` is what people wrote, `definitions` are the variables in it by name, and
    where they are said."""

    __slots__ = ("definitions", "origin")

    def __init__(self, origin: Node, text: str, value: ScalarValue, definitions: tuple[tuple[str, Node], ...]) -> None:
        super().__init__(origin.document, text, "" if value != text else '"', origin.start, origin.end)
        self._value = value
        self.origin = origin
        self.definitions = definitions


def located(node: Node) -> Node:
    """The node of a source file that a node stands for: itself, unless it was rendered."""
    if isinstance(node, Substituted):
        return node.origin
    document = node.document
    if not isinstance(document, RenderedDocument):
        return node
    from kubelint_lb.source.steps import way_to

    way = way_to(document.root, node) if document.root is not None else None
    found = document.locate_in_source(way, node) if way is not None else None
    return found if found is not None else document.fallback

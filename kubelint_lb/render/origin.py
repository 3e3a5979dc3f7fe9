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
    and per-path settings; `locate_in_source` finds where a value of it is written, `locate_setting` where what is written
    there takes it from."""

    __slots__ = ("fallback", "locate_in_source", "locate_setting", "source_path")

    def __init__(
        self,
        source: SourceText,
        base: int,
        end: int,
        source_path: str,
        fallback: Node,
        locate: Locate,
        setting: Locate | None = None,
    ) -> None:
        super().__init__(source, base, end)
        self.source_path = source_path
        # Where findings go that cannot be traced: the object in its source file.
        self.fallback = fallback
        self.locate_in_source = locate
        self.locate_setting = setting


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


def definitions(node: Node) -> tuple[tuple[Node, str], ...]:
    """Where what a rendered value holds is said, where that is not what it stands for, with words for each place."""
    if isinstance(node, Substituted):
        return tuple((where, f"{variable} is set here") for variable, where in node.definitions)
    found = _set_at(node)
    return ((found, "the value is set here"),) if found is not None else ()


def _set_at(node: Node) -> Node | None:
    """The node that gives a rendered one its value, where that is not the one it stands for; None where that is not known."""
    document = node.document
    if not isinstance(document, RenderedDocument) or document.locate_setting is None:
        return None
    from kubelint_lb.source.steps import way_to

    way = way_to(document.root, node) if document.root is not None else None
    return document.locate_setting(way, node) if way is not None else None

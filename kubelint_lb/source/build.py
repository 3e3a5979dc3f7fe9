"""Nodes from a parser's events. The inner loop of every run: measure before touching (`make bench`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from kubelint_lb.source.node import Document, Mapping, Node, Scalar, Sequence

# Kubernetes refuses JSON nested deeper than 10,000; no manifest that people write comes near this.
MAX_DEPTH = 256
# What an alias bomb may unfold to, in nodes; go-yaml refuses at a like measure ("excessive aliasing").
MAX_UNFOLDED = 1_000_000


class TooDeep(Exception):  # noqa: N818 - it names what the text is
    """Collections nested deeper than MAX_DEPTH; `problem_mark` is where."""

    def __init__(self, mark: object) -> None:
        super().__init__(f"nested deeper than {MAX_DEPTH} levels")
        self.problem_mark = mark


class Aliases(Exception):  # noqa: N818
    """Aliases that do not resolve, contain themselves, or unfold without bounds; `problem_mark` is where."""

    def __init__(self, mark: object, words: str) -> None:
        super().__init__(words)
        self.problem_mark = mark


def build_documents(new_document: Callable[[], Document], parser: Any) -> Iterator[Document]:
    """A document for each one in the parser's stream; whatever the parser raises comes through."""
    get_event = parser.get_event
    while True:
        event = get_event()
        if event is None or type(event) is StreamEndEvent:
            return
        if type(event) is DocumentStartEvent:
            document = new_document()
            builder = _Builder(document, get_event)
            document.root = builder.node(get_event(), 0)
            if builder.aliased:
                builder.check_unfolded(document.root)
            yield document
        elif type(event) is not DocumentEndEvent:
            continue


class _Place:
    """Where a node stands that has no event of its own place."""

    __slots__ = ("end_mark", "start_mark")

    def __init__(self, start_mark: Any, end_mark: Any) -> None:
        self.start_mark = start_mark
        self.end_mark = end_mark


class _Text:
    """The event of a scalar that was written as something else (an unquoted `{{ x }}`)."""

    __slots__ = ("anchor", "end_mark", "start_mark", "style", "tag", "value")

    def __init__(self, value: str, start_mark: Any, end_mark: Any) -> None:
        self.value = value
        self.style: str | None = "'"
        self.tag: str | None = None
        self.anchor: str | None = None
        self.start_mark = start_mark
        self.end_mark = end_mark


class _Builder:
    """Builds the nodes of one document; collections recurse, bounded by MAX_DEPTH."""

    __slots__ = ("aliased", "anchors", "document", "get_event", "open_anchors")

    def __init__(self, document: Document, get_event: Callable[[], Any]) -> None:
        self.document = document
        self.get_event = get_event
        self.anchors: dict[str, Node] = {}
        self.open_anchors: set[str] = set()
        self.aliased = False

    def node(self, event: Any, depth: int) -> Node:
        """The node that starts with an event."""
        kind = type(event)
        if kind is ScalarEvent:
            scalar = Scalar(self.document, event)
            if event.anchor is not None:
                self.anchors[event.anchor] = scalar
            return scalar
        if kind is AliasEvent:
            return self._alias(event)
        if depth > MAX_DEPTH:
            raise TooDeep(event.start_mark)
        anchor = event.anchor
        if anchor is not None:
            self.open_anchors.add(anchor)
            self.anchors.pop(anchor, None)
        node = self._mapping(event, depth) if kind is MappingStartEvent else self._sequence(event, depth)
        if anchor is not None:
            self.open_anchors.discard(anchor)
            self.anchors[anchor] = node
        return node

    def _sequence(self, event: Any, depth: int) -> Node:
        get_event = self.get_event
        document = self.document
        items: list[Node] = []
        add = items.append
        sequence = Sequence(document, event, items)
        while True:
            item = get_event()
            kind = type(item)
            if kind is ScalarEvent and item.anchor is None:
                if not item.value and not item.style and items:
                    add(Scalar(document, item, _empty_item(document, item)))
                else:
                    add(Scalar(document, item))
            elif kind is SequenceEndEvent:
                sequence.end_event = item
                return sequence
            else:
                add(self.node(item, depth + 1))

    def _mapping(self, event: Any, depth: int) -> Node:
        get_event = self.get_event
        document = self.document
        entries: dict[str, tuple[Node, Node]] = {}
        mapping = Mapping(document, event, entries)
        while True:
            key_event = get_event()
            kind = type(key_event)
            if kind is ScalarEvent:
                name = key_event.value
                key: Node = Scalar(document, key_event)
                if key_event.anchor is not None:
                    self.anchors[key_event.anchor] = key
            elif kind is MappingEndEvent:
                mapping.end_event = key_event
                break
            else:
                key = self.node(key_event, depth + 1)
                name = key.text if isinstance(key, Scalar) else key.source
            value_event = get_event()
            if type(value_event) is ScalarEvent and value_event.anchor is None:
                if value_event.value or value_event.style:
                    value: Node = Scalar(document, value_event)
                else:
                    value = Scalar(document, value_event, _after(key))
            else:
                value = self.node(value_event, depth + 1)
            if name in entries and name != "<<":
                document.duplicates.append((entries[name][0], key))
                del entries[name]  # the last one counts, and stands last
            entries[name] = (key, value)
        if "<<" in entries:
            _merge(mapping)
        elif len(entries) == 1 and mapping.flow:
            return _template(mapping)
        return mapping

    def _alias(self, event: Any) -> Node:
        target = self.anchors.get(event.anchor)
        if target is None:
            inside = event.anchor in self.open_anchors
            words = f"anchor {event.anchor!r} contains itself" if inside else f"alias *{event.anchor} has no anchor"
            raise Aliases(event.start_mark, words)
        self.aliased = True
        if isinstance(target, Scalar):
            return Scalar(self.document, target.event, _Place(event.start_mark, event.end_mark))
        if isinstance(target, Mapping):
            copy: Mapping | Sequence = Mapping(self.document, target.start_event, target.entries)
        elif isinstance(target, Sequence):
            copy = Sequence(self.document, target.start_event, target.items)
        copy.anchored = event
        return copy

    def check_unfolded(self, root: Node) -> None:
        """Raises Aliases where following every alias would never end in reasonable time."""
        sizes: dict[int, int] = {}
        total = _unfolded(root, sizes)
        if total > MAX_UNFOLDED:
            raise Aliases(_Mark(root.start), f"aliases unfold to more than {MAX_UNFOLDED} values")


class _Mark:
    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index


def _after(key: Node) -> _Place:
    """An empty value stands after its key's colon, wherever the parser went on to."""
    end = key.end
    text = key.document.text
    colon = text.find(":", end)
    mark = _Mark(colon + 1 if 0 <= colon <= end + 2 else end)
    return _Place(mark, mark)


def _empty_item(document: Document, event: Any) -> _Place:
    """An empty list item stands after its dash."""
    offset = event.start_mark.index
    dash = document.text.rfind("-", 0, offset)
    mark = _Mark(dash + 1 if dash >= 0 else offset)
    return _Place(mark, mark)


def _merge(mapping: Mapping) -> None:
    """Fill in what `<<` brings; own keys win, and of several maps the earlier one."""
    entries = mapping.entries
    _, value = entries.pop("<<")
    maps = value.items if isinstance(value, Sequence) else [value]
    for other in maps:
        if isinstance(other, Mapping):
            for name, entry in other.entries.items():
                entries.setdefault(name, entry)


def _template(mapping: Mapping) -> Node:
    """An unquoted `{{ x }}` parses as a map in a map: read it as the text it is."""
    (key, _value), *_ = mapping.entries.values()
    if not isinstance(key, Mapping) or not key.flow or not mapping.source.startswith("{{"):
        return mapping
    event = _Text(mapping.source, mapping.start_event.start_mark, mapping.end_event.end_mark)
    return Scalar(mapping.document, event)


def _unfolded(node: Node, sizes: dict[int, int]) -> int:
    if isinstance(node, Mapping):
        identity = id(node.entries)
        children = [value for _, value in node.entries.values()]
    elif isinstance(node, Sequence):
        identity = id(node.items)
        children = node.items
    else:
        return 1
    if identity not in sizes:
        sizes[identity] = 1 + sum(_unfolded(child, sizes) for child in children)
    return sizes[identity]

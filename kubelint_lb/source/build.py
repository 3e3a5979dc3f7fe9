"""Nodes from a parser's events. The inner loop of every run: measure before touching (`make bench`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from sys import intern
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

from kubelint_lb.source.document import Duplicate
from kubelint_lb.source.node import Document, Mapping, Node, Scalar, Sequence, plain_key
from kubelint_lb.source.templates import bracketed, empty_value, unquoted_braces

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
            scalar = _scalar(self.document, event)
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
        sequence = Sequence(document, event.start_mark.index, items)
        while True:
            item = get_event()
            kind = type(item)
            if kind is ScalarEvent and item.anchor is None:
                text, style = item.value, item.style
                start, stop = item.start_mark.index, item.end_mark.index
                if not text and start == stop and not event.flow_style:
                    add(empty_value(document, _after_dash(document, start)))
                else:
                    add(Scalar(document, text, style, start, stop))
            elif kind is SequenceEndEvent:
                if event.flow_style:
                    sequence.stop = item.end_mark.index
                    if len(items) == 1 and isinstance(items[0], Sequence):
                        return bracketed(sequence)
                return sequence
            else:
                add(self.node(item, depth + 1))

    def _mapping(self, event: Any, depth: int) -> Node:
        get_event = self.get_event
        document = self.document
        entries: dict[str, Node] = {}
        offsets: list[int] = []
        mapping = Mapping(document, event.start_mark.index, entries, offsets)
        while True:
            key_event = get_event()
            kind = type(key_event)
            if kind is ScalarEvent:
                name = intern(key_event.value)
                offset = key_event.start_mark.index
                key = None
                if key_event.style or key_event.anchor is not None:
                    key = self.node(key_event, depth)
            elif kind is MappingEndEvent:
                if event.flow_style:
                    mapping.stop = key_event.end_mark.index
                break
            else:
                key = self.node(key_event, depth + 1)
                name, offset = _name_of(key, in_block=not event.flow_style), 0
            value_event = get_event()
            if type(value_event) is ScalarEvent and value_event.anchor is None:
                text = value_event.value
                start, stop = value_event.start_mark.index, value_event.end_mark.index
                if not text and start == stop:
                    value: Node = empty_value(document, _after_colon(document, key_event.end_mark.index))
                else:
                    value = Scalar(document, text, value_event.style, start, stop)
            else:
                value = self.node(value_event, depth + 1)
            if name in entries and name != "<<":
                key = key or plain_key(document, name, offset)
                _forget(mapping, name, key, value)
            entries[name] = value
            offsets.append(offset)
            if key is not None:
                _keep_key(mapping, name, key)
        if "<<" in entries:
            _merge(mapping)
        elif len(entries) == 1 and event.flow_style:
            return unquoted_braces(mapping)
        return mapping

    def _alias(self, event: Any) -> Node:
        target = self.anchors.get(event.anchor)
        if target is None:
            inside = event.anchor in self.open_anchors
            words = f"anchor {event.anchor!r} contains itself" if inside else f"alias *{event.anchor} has no anchor"
            raise Aliases(event.start_mark, words)
        self.aliased = True
        start, stop = event.start_mark.index, event.end_mark.index
        if isinstance(target, Scalar):
            return target.elsewhere(start, stop)
        # An alias shares the children of its anchor but stands at its own place.
        if isinstance(target, Mapping):
            mapping = Mapping(self.document, start, target.entries, target.key_offsets)
            mapping.key_nodes = _all_keys(target)
            mapping.stop = stop
            return mapping
        sequence = Sequence(self.document, start, target.items if isinstance(target, Sequence) else [])
        sequence.stop = stop
        return sequence

    def check_unfolded(self, root: Node) -> None:
        """Raises Aliases where following every alias would never end in reasonable time."""
        total, depth = _unfolded(root, {})
        if total > MAX_UNFOLDED:
            raise Aliases(_Mark(root.start), f"aliases unfold to more than {MAX_UNFOLDED} values")
        if depth > MAX_DEPTH + 1:
            raise TooDeep(_Mark(root.start))


class _Mark:
    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index


def _scalar(document: Document, event: Any) -> Scalar:
    return Scalar(document, event.value, event.style, event.start_mark.index, event.end_mark.index)


def _name_of(key: Node, *, in_block: bool) -> str:
    """The name of a key that is no plain text; braces as a key of a block are a template engine's."""
    if in_block and key.source.startswith("{{"):
        key.document.template = True
    return key.text if isinstance(key, Scalar) else key.source


def _after_colon(document: Document, end: int) -> int:
    """An empty value stands after its key's colon, wherever the parser went on to. `end`: where the key ends."""
    text, base = document.source.text, document.base
    colon = text.find(":", base + end, base + end + 3)
    return end if colon < 0 else colon - base + 1


def _after_dash(document: Document, offset: int) -> int:
    """An empty list item stands after its dash."""
    base = document.base
    dash = document.source.text.rfind("-", base, base + offset)
    return offset if dash < 0 else dash - base + 1


def _keep_key(mapping: Mapping, name: str, key: Node) -> None:
    if mapping.key_nodes is None:
        mapping.key_nodes = {}
    mapping.key_nodes[name] = key


def _forget(mapping: Mapping, name: str, key: Node, value: Node) -> None:
    """A key comes again: the last one counts, and stands last."""
    first = mapping.key(name)
    if first is not None:
        mapping.document.duplicates.append(Duplicate(first, key, mapping.entries[name], value))
    del mapping.key_offsets[list(mapping.entries).index(name)]
    del mapping.entries[name]
    if mapping.key_nodes is not None:
        mapping.key_nodes.pop(name, None)


def _all_keys(mapping: Mapping) -> dict[str, Node]:
    """The key nodes of a map, made: an alias shares them, places and all."""
    return dict(zip(mapping.entries, mapping.keys(), strict=True))


def _merge(mapping: Mapping) -> None:
    """Fill in what `<<` brings; own keys win, and of several maps the earlier one."""
    entries, offsets = mapping.entries, mapping.key_offsets
    del offsets[list(entries).index("<<")]
    value = entries.pop("<<")
    maps = value.items if isinstance(value, Sequence) else [value]
    for other in maps:
        if isinstance(other, Mapping):
            for name, entry in other.entries.items():
                key = other.key(name)
                if name not in entries and key is not None:
                    entries[name] = entry
                    offsets.append(0)
                    _keep_key(mapping, name, key)


def _unfolded(node: Node, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """How many values a node holds with its aliases followed, and how deep they lie."""
    if isinstance(node, Mapping):
        identity = id(node.entries)
        children = list(node.entries.values())
    elif isinstance(node, Sequence):
        identity = id(node.items)
        children = node.items
    else:
        return 1, 0
    if identity not in known:
        inside = [_unfolded(child, known) for child in children]
        known[identity] = 1 + sum(size for size, _ in inside), 1 + max((depth for _, depth in inside), default=0)
    return known[identity]

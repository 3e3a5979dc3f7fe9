"""YAML values with their places. Built once by `parse`, then only read.

Nodes are plain slotted classes, not dataclasses: a run makes one for every value of every manifest, and everything that can
wait (values, spans) is worked out when asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kubelint_lb.source.document import Document, Node
from kubelint_lb.source.placeholder import is_filled_in
from kubelint_lb.source.scalars import ScalarValue, resolve_plain, resolve_tagged
from kubelint_lb.source.text import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Collection", "Document", "Mapping", "Node", "Scalar", "Sequence", "SourceText", "plain_key", "to_python"]

_PROPERTIES = re.compile(r"(?:(?:&[^\s,\[\]{}]+|!<[^>\s]*>|![^\s,\[\]{}]*)\s+)+")


class Scalar(Node):
    """A string, number, boolean or null.

    `text` is the value unescaped (of a number, as written), `style` the parser's sign for quotes or a block (empty: plain).
    `offset` and `stop` are where the parser saw it, anchor and tag included.
    """

    __slots__ = ("_value", "offset", "stop", "style", "text")

    def __init__(self, document: Document, text: str, style: str | None, offset: int, stop: int) -> None:
        self.document = document
        self.text = text
        self.style = style
        self.offset = offset
        self.stop = stop

    def elsewhere(self, offset: int, stop: int) -> Scalar:
        """The same value at another place: an alias' own."""
        copy = Scalar(self.document, self.text, self.style, offset, stop)
        copy._value = self.value
        return copy

    @property
    def plain(self) -> bool:
        """Written without quotes and not as a block."""
        return not self.style

    @property
    def tagged(self) -> bool:
        """Written with a tag (`!!str 5`), which says the type whatever the quotes."""
        return self._tag is not None

    @property
    def value(self) -> ScalarValue:
        """What kubectl reads: text, number, boolean or null."""
        try:
            return self._value
        except AttributeError:
            tag = self._tag
            value: ScalarValue = self.text
            if tag is not None:
                value = resolve_tagged(self.text, tag)
            elif not self.style:
                value = resolve_plain(self.text)
            self._value: ScalarValue = value
            return value

    @property
    def _properties(self) -> re.Match[str] | None:
        """Anchor and tag, where the value starts with them: no plain scalar can start so."""
        text = self.document.source.text
        start = self.document.base + self.offset
        if self.offset >= self.stop or text[start] not in "&!":
            return None
        return _PROPERTIES.match(text, start, self.document.base + self.stop)

    @property
    def _tag(self) -> str | None:
        properties = self._properties
        return next((one for one in properties[0].split() if one.startswith("!")), None) if properties else None

    @property
    def unknown(self) -> bool:
        """Holds a placeholder that some tool fills in later, or is a word like `YOUR_PORT`."""
        return is_filled_in(self.text)

    @property
    def start(self) -> int:
        """Offset of the value itself, after its anchor and tag."""
        properties = self._properties
        return self.offset if properties is None else properties.end() - self.document.base

    @property
    def end(self) -> int:
        """Offset after the last character; of a block, of its last line."""
        if self.style in {"|", ">"}:
            base = self.document.base
            return self.offset + len(self.document.source.text[base + self.offset : base + self.stop].rstrip())
        return self.stop

    def get(self, *path: str | int) -> Node | None:
        """Itself for an empty path: a scalar has no children."""
        return None if path else self

    def __repr__(self) -> str:
        return f"Scalar({self.text!r})"


class Collection(Node):
    """What mappings and sequences share: where they start and end.

    `offset` is where the parser saw the start, anchor and tag included; `stop` is the end of a flow collection, and -1 for
    a block, whose end the parser puts at the next token: its last value is where people see it end.
    """

    __slots__ = ("offset", "stop")

    offset: int
    stop: int

    def _last(self) -> Node | None:
        raise NotImplementedError

    @property
    def flow(self) -> bool:
        """Written with brackets, or an alias of a collection."""
        return self.stop >= 0

    @property
    def start(self) -> int:
        """Offset of the value itself, after its anchor and tag; of an alias, of its `*`."""
        base = self.document.base
        properties = _PROPERTIES.match(self.document.source.text, base + self.offset)
        return self.offset if properties is None else properties.end() - base

    @property
    def end(self) -> int:
        """Offset after the last character."""
        if self.stop >= 0:
            return self.stop
        last = self._last()
        return max(self.start, last.end) if last is not None and last.document is self.document else self.start + 1


class Mapping(Collection):
    """Keys and values; `entries` maps a key's text to its value, in the order written.

    Key nodes are made when asked for: `key_offsets` holds where each plain key of `entries` starts, in their order;
    `key_nodes` the nodes of all other keys (quoted, merged in, not scalar), whose offset in the list means nothing.
    """

    __slots__ = ("entries", "key_nodes", "key_offsets")

    def __init__(self, document: Document, offset: int, entries: dict[str, Node], key_offsets: list[int]) -> None:
        self.document = document
        self.offset = offset
        self.stop = -1
        self.entries = entries
        self.key_offsets = key_offsets
        self.key_nodes: dict[str, Node] | None = None

    def _last(self) -> Node | None:
        return next(reversed(self.entries.values()), None)

    def get(self, *path: str | int) -> Node | None:
        """The value under a path of keys and indexes, or None."""
        if not path:
            return self
        value = self.entries.get(path[0])  # type: ignore[arg-type]
        return value if value is None or len(path) == 1 else value.get(*path[1:])

    def key(self, name: str) -> Node | None:
        """The node of a key itself."""
        if name not in self.entries:
            return None
        if self.key_nodes is None:
            self.key_nodes = {}
        node = self.key_nodes.get(name)
        if node is None:
            offset = self.key_offsets[list(self.entries).index(name)]
            node = self.key_nodes[name] = plain_key(self.document, name, offset)
        return node

    def key_is(self, name: str, node: Node) -> bool:
        """Whether a node is the one of a key; makes none."""
        return self.key_nodes is not None and self.key_nodes.get(name) is node

    def keys(self) -> Iterator[Node]:
        """The key nodes, in order."""
        for name in self.entries:
            key = self.key(name)
            if key is not None:
                yield key

    def items(self) -> Iterator[tuple[str, Node]]:
        """Key texts with values."""
        yield from self.entries.items()

    def __repr__(self) -> str:
        return f"Mapping({list(self.entries)})"


class Sequence(Collection):
    """A list of values."""

    __slots__ = ("items",)

    def __init__(self, document: Document, offset: int, items: list[Node]) -> None:
        self.document = document
        self.offset = offset
        self.stop = -1
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


def plain_key(document: Document, name: str, offset: int) -> Scalar:
    """The node of a key without quotes or anchor that starts at an offset, perhaps with a tag."""
    text, start = document.source.text, document.base + offset
    properties = _PROPERTIES.match(text, start) if text.startswith("!", start) else None
    return Scalar(document, name, "", offset, (properties.end() - document.base if properties else offset) + len(name))


def holds_placeholder(node: Node) -> bool:
    """A value somewhere in it is filled in later."""
    if isinstance(node, Scalar):
        return node.unknown
    if isinstance(node, Mapping):
        return any(holds_placeholder(value) for _, value in node.items())
    return any(holds_placeholder(item) for item in node.items) if isinstance(node, Sequence) else False


def to_python(node: Node | None) -> object:
    """Plain dictionaries, lists and scalars; keys are texts."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return {name: to_python(value) for name, value in node.items()}
    if isinstance(node, Sequence):
        return [to_python(item) for item in node.items]
    return None

"""A part of a manifest whose texts may be templates, read with their parameters filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kubelint_lb.kube.values import boolean, items, name_text, present
from kubelint_lb.render.kustomize.generated import text_at
from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence


def _as_it_is(text: str) -> str:
    return text


class Fields:
    """The same part in one or several layers: what the first does not say, the next one may. `fill` puts parameters in."""

    def __init__(self, layers: Iterable[Node | None], fill: Callable[[str], str] = _as_it_is) -> None:
        self._layers = tuple(one for one in map(present, layers) if one is not None)
        self._fill = fill

    @property
    def node(self) -> Node | None:
        """Where it is written; None if it is not."""
        return self._layers[0] if self._layers else None

    def at(self, *path: str) -> Fields:
        """The part under a path of keys; an empty one where there is none."""
        return Fields((one.get(*path) for one in self._layers), self._fill)

    def text(self, *path: str) -> str:
        """A text under a path, filled in; empty where there is none."""
        return self._fill(next((found for one in self._layers if (found := name_text(one.get(*path)))), ""))

    def flag(self, *path: str) -> bool:
        """Whether a boolean under a path is true."""
        return any(boolean(one.get(*path)) for one in self._layers)

    def items(self, *path: str) -> list[Fields]:
        """The items of the list under a path."""
        found = next((found for one in self._layers if (found := items(one.get(*path)))), [])
        return [Fields((one,), self._fill) for one in found]

    def texts(self, *path: str) -> list[str]:
        """The texts in the list under a path."""
        return [one.text() for one in self.items(*path)]

    def names(self) -> tuple[str, ...]:
        """The keys."""
        return tuple(dict.fromkeys(name for one in self._layers if isinstance(one, Mapping) for name in one.entries))

    def has(self, name: str) -> bool:
        """Whether a key is there and not null."""
        return any(present(one.get(name)) is not None for one in self._layers)

    def filled(self, name: str) -> bool:
        """Whether a key says anything: not null, false or empty."""
        part = self.at(name)
        return bool(part.names() or part.items()) or part.text() not in {"", "false"}

    def open(self) -> bool:
        """Some text in it still is a template once it is filled in."""
        return self._fill is not _as_it_is and any("{{" in self._fill(text) for text in _texts(self.node))

    def filled_node(self) -> Node | None:
        """The part as a node, texts filled in; one that has none to fill is the same node."""
        return _copy(self.node, self._fill) if self.node is not None else None


def _texts(node: Node | None) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _texts(item)
    elif isinstance(node, Mapping):
        for name, value in node.entries.items():
            yield name
            yield from _texts(value)


def _copy(node: Node, fill: Callable[[str], str]) -> Node:
    if isinstance(node, Scalar):
        text = fill(node.text)
        return node if text == node.text else text_at(node, text)
    if isinstance(node, Sequence):
        items = [_copy(item, fill) for item in node.items]
        if all(new is old for new, old in zip(items, node.items, strict=True)):
            return node
        listed = Sequence(node.document, node.offset, items)
        listed.stop = node.stop
        return listed
    if not isinstance(node, Mapping):
        return node
    entries = {fill(name): _copy(value, fill) for name, value in node.entries.items()}
    if list(entries) == list(node.entries) and all(entries[name] is value for name, value in node.entries.items()):
        return node
    made = Mapping(node.document, node.offset, entries, [node.offset] * len(entries))
    made.stop = node.stop
    made.key_nodes = {fill(name): key for name in node.entries if (key := node.key(name)) is not None}
    return made

"""Which value of a chart's values a rendered one is: told by the template that prints it, or by being the only one alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kubelint_lb.source.node import Mapping, Node, Scalar, to_python
from kubelint_lb.source.node import Sequence as SequenceNode
from kubelint_lb.source.steps import Way, follow

_REFERENCE = re.compile(r"(?<![\w.)\"'])\$?\.Values((?:\.[A-Za-z_]\w*)+)(?![\w(])")
# Shorter texts, numbers and booleans occur by chance: those have to be called the same, too.
_SHORTEST = 4
_WORD = re.compile(r"[A-Za-z]{2}")


class Subchart(NamedTuple):
    """The chart that a template belongs to: the way to its values in those of the release, and its own values."""

    steps: tuple[str, ...] = ()
    own: Mapping | None = None


WHOLE = Subchart()


class ValuesTrace:
    """The layers of values that a release has, each over those before it."""

    def __init__(self, layers: Sequence[Mapping]) -> None:
        self._layers = layers

    def printed(self, written: str, way: Way, node: Node, subchart: Subchart = WHOLE) -> Node | None:
        """The value that a part of a template prints where it became `node`, if that can be told for sure."""
        found: dict[int, Node] = {}
        for match in _REFERENCE.finditer(written):
            path = match[1][1:].split(".")
            parts = (_part(value, way, node) for value in self._values(path, subchart))
            place = next((part for part in parts if part is not None), None)
            if place is not None:
                found[id(place)] = place
        return next(iter(found.values())) if len(found) == 1 else None

    def _values(self, path: Sequence[str], subchart: Subchart) -> Iterator[Node]:
        """What the layers say at a path, the last first: maps are merged, so that a part may come from any of them; of anything
        else the last one holds."""
        own = subchart.own.get(*path) if subchart.own is not None else None
        said = (layer.get(*subchart.steps, *path) for layer in reversed(self._layers))
        for value in (*said, own):
            if value is not None:
                yield value
            if value is not None and not isinstance(value, Mapping):
                return

    def alike(self, way: Way, node: Node) -> Node | None:
        """The only value that equals a rendered one; None where several do, or where that may be chance."""
        if way.to_key or not isinstance(node, Scalar) or node.value is None:
            return None
        found = [(name, leaf) for name, leaf in self._in_force() if _is_same(leaf, node)]
        last = next((step for step in reversed(way.steps) if isinstance(step, str)), "")
        named = [leaf for name, leaf in found if name.lower() == last.lower()]
        if len(named) == 1:
            return named[0]
        telling = isinstance(node.value, str) and len(node.text) >= _SHORTEST and _WORD.search(node.text) is not None
        return found[0][1] if len(found) == 1 and telling else None

    def _in_force(self) -> Iterator[tuple[str, Scalar]]:
        """The scalars that no later layer replaces, with the nearest key above them."""
        for index, layer in enumerate(self._layers):
            later = self._layers[index + 1 :]
            for path, leaf in _leaves(layer):
                if not any(_replaces(one, path) for one in later):
                    yield next((step for step in reversed(path) if isinstance(step, str)), ""), leaf


def _replaces(layer: Mapping, path: Sequence[str | int]) -> bool:
    """A later layer says something else at the path, or above it where it has no map."""
    current: Node | None = layer
    for step in path:
        if not isinstance(current, Mapping):
            return True
        current = current.get(str(step))
        if current is None:
            return False
    return True


def _part(value: Node, way: Way, node: Node) -> Node | None:
    """The value itself, or the part of it that a longest end of the way leads to, if it equals what was rendered."""
    for start in range(len(way.steps) + 1):
        rest = Way(way.steps[start:], way.to_key)
        if way.to_key and not rest.steps:
            return None
        found = follow(value, rest)
        if found is not None and (way.to_key or _is_same(found, node)):
            return found
    return None


def _is_same(left: Node, right: Node) -> bool:
    if isinstance(left, Scalar) and isinstance(right, Scalar):
        return left.text == right.text
    return type(left) is type(right) and to_python(left) == to_python(right)


def _leaves(root: Mapping) -> Iterator[tuple[tuple[str | int, ...], Scalar]]:
    """The scalars of a tree, once each, with the way to them."""
    waiting: list[tuple[tuple[str | int, ...], Node]] = [((), root)]
    seen: set[int] = set()
    while waiting:
        path, node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            yield path, node
        elif isinstance(node, Mapping):
            waiting += [((*path, name), child) for name, child in node.items()]
        elif isinstance(node, SequenceNode):
            waiting += [((*path, index), item) for index, item in enumerate(node.items)]

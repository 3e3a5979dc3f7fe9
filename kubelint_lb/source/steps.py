"""The way from a tree's root to one of its nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kubelint_lb.source.node import Mapping, Node, Sequence

# A walk that takes longer than this is not worth a field name.
_MOST_NODES = 200_000


class Way(NamedTuple):
    """Keys and indexes (0-based) that lead to a value; `to_key`: to the last step's key, not its value."""

    steps: tuple[str | int, ...]
    to_key: bool = False


def way_to(root: Node, node: Node) -> Way | None:
    """The way to a value or key node, found by identity; None where the node is not in the tree.

    Of a value that aliases use too, the way to its first use.
    """
    above = _above(root)
    if node is root or id(node) in above:
        return Way(_climb(above, node))
    # Key nodes are made when asked for, so no index holds them.
    for parent in _mappings(root, above):
        for name in parent.key_nodes or ():
            if parent.key_is(name, node):
                return Way((*_climb(above, parent), name), to_key=True)
    return None


def uses_of(root: Node, node: Node) -> list[Way]:
    """Every way to a value, in order: several where aliases use it, too. Key nodes have none."""
    found: list[Way] = []
    stack: list[tuple[Node, tuple[str | int, ...]]] = [(root, ())]
    for _ in range(_MOST_NODES):
        if not stack:
            break
        current, steps = stack.pop()
        if current is node:
            found.append(Way(steps))
        inside: list[tuple[str | int, Node]] = []
        if isinstance(current, Mapping):
            inside = [*current.entries.items()]
        elif isinstance(current, Sequence):
            inside = [*enumerate(current.items)]
        stack += [(child, (*steps, step)) for step, child in reversed(inside)]
    return found


@lru_cache(maxsize=1)
def _above(root: Node) -> dict[int, tuple[Node, str | int, Node]]:
    """By the identity of every value: what it lies in, the step to it, and itself. Many findings may be in one object."""
    found: dict[int, tuple[Node, str | int, Node]] = {}
    stack = [root]
    while stack and len(found) < _MOST_NODES:
        current = stack.pop()
        inside: Iterable[tuple[str | int, Node]] = ()
        if isinstance(current, Mapping):
            inside = current.entries.items()
        elif isinstance(current, Sequence):
            inside = enumerate(current.items)
        new = [(step, child) for step, child in inside if id(child) not in found]
        for step, child in new:
            found[id(child)] = current, step, child
        stack += [child for _, child in reversed(new)]
    return found


def _climb(above: dict[int, tuple[Node, str | int, Node]], node: Node) -> tuple[str | int, ...]:
    steps: list[str | int] = []
    while id(node) in above:
        node, step, _ = above[id(node)]
        steps.append(step)
    return tuple(reversed(steps))


def _mappings(root: Node, above: dict[int, tuple[Node, str | int, Node]]) -> Iterator[Mapping]:
    for node in (root, *(child for _, _, child in above.values())):
        if isinstance(node, Mapping):
            yield node


def follow(root: Node, way: Way) -> Node | None:
    """The node a way leads to in a tree of the same shape, or None."""
    if not way.to_key:
        return root.get(*way.steps)
    parent = root.get(*way.steps[:-1])
    return parent.key(str(way.steps[-1])) if isinstance(parent, Mapping) else None

"""The way from a tree's root to one of its nodes."""

from __future__ import annotations

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

    Depth first without recursion; an alias' children are visited as often as they are used.
    """
    stack: list[tuple[Node, tuple[str | int, ...]]] = [(root, ())]
    seen = 0
    while stack and seen < _MOST_NODES:
        current, steps = stack.pop()
        seen += 1
        if current is node:
            return Way(steps)
        children: list[tuple[Node, tuple[str | int, ...]]] = []
        if isinstance(current, Mapping):
            for name, value in current.entries.items():
                if current.key_is(name, node):
                    return Way((*steps, name), to_key=True)
                children.append((value, (*steps, name)))
        elif isinstance(current, Sequence):
            children = [(item, (*steps, index)) for index, item in enumerate(current.items)]
        stack += reversed(children)
    return None


def follow(root: Node, way: Way) -> Node | None:
    """The node a way leads to in a tree of the same shape, or None."""
    if not way.to_key:
        return root.get(*way.steps)
    parent = root.get(*way.steps[:-1])
    return parent.key(str(way.steps[-1])) if isinstance(parent, Mapping) else None

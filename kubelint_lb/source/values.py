"""Typed readings of nodes. A value of another type reads as None: the API server refuses it, other rules say so."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence


def is_null(node: Node | None) -> bool:
    """Absent or written as null: both mean unset."""
    return node is None or (isinstance(node, Scalar) and node.value is None)


def present(node: Node | None) -> Node | None:
    """The node, or None where it is absent or null."""
    return None if is_null(node) else node


def text(node: Node | None) -> str | None:
    """A string; None for anything else."""
    if isinstance(node, Scalar):
        value = node.value
        return value if isinstance(value, str) else None
    return None


def name_text(node: Node | None) -> str | None:
    """A name: a string, or a number or boolean as it was written (placeholders' tools quote too little)."""
    if isinstance(node, Scalar) and node.value is not None:
        return node.text
    return None


def integer(node: Node | None) -> int | None:
    """A whole number; None for anything else, booleans too."""
    if isinstance(node, Scalar):
        value = node.value
        if isinstance(value, bool):
            return None
        if isinstance(value, int):
            return value
        if isinstance(value, float) and value.is_integer():
            return int(value)
    return None


def boolean(node: Node | None) -> bool | None:
    """True or false; None for anything else."""
    if isinstance(node, Scalar):
        value = node.value
        return value if isinstance(value, bool) else None
    return None


def items(node: Node | None) -> list[Node]:
    """The items of a list; empty for anything else."""
    return node.items if isinstance(node, Sequence) else []


def mappings(node: Node | None) -> list[Mapping]:
    """The items of a list that are maps."""
    return [item for item in items(node) if isinstance(item, Mapping)]


def string_map(node: Node | None) -> dict[str, str]:
    """A map of strings (labels, annotations, selectors); values that are not scalars are left out."""
    if not isinstance(node, Mapping):
        return {}
    return {name: value.text for name, value in node.items() if isinstance(value, Scalar) and value.value is not None}


def flattened(node: Node) -> tuple[str, ...]:
    """What a value holds, each scalar behind its path (`request 10s`, `backend.request 5s`); sorted: order says nothing."""
    return tuple(sorted(_flattened(node, "")))


def _flattened(node: Node, path: str) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield f"{path} {node.text}".strip()
    elif isinstance(node, Mapping):
        for name, value in node.items():
            yield from _flattened(value, f"{path}.{name}".strip("."))
    else:
        for one in items(node):
            yield from _flattened(one, path)

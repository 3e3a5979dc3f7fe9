"""What a finding is, independent of where it stands: its field path and its fingerprint."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence

_STEPS = list[tuple[str, str]]
# What tells items of a list apart, in this order: the first that an item has.
_IDENTITIES = (("name",), ("port",), ("containerPort",), ("host", "path"), ("path",), ("host",))
_MOST_NODES = 200_000


class Field:
    """Where a node lies in its object: `path` by index for people, `identity` by names for fingerprints."""

    __slots__ = ("identity", "path")

    def __init__(self, path: str, identity: str) -> None:
        self.path = path
        self.identity = identity


def field_of(root: Node, node: Node) -> Field:
    """The field of a node, or of the value of a key node; empty where the node is not in the object."""
    steps = _find(root, node)
    if steps is None:
        return Field("", "")
    return Field("".join(step for step, _ in steps).lstrip("."), "".join(step for _, step in steps).lstrip("."))


def _find(root: Node, node: Node) -> _STEPS | None:
    """Depth first without recursion; an alias' children are visited at its anchor only."""
    stack: list[tuple[Node, _STEPS]] = [(root, [])]
    seen = 0
    while stack and seen < _MOST_NODES:
        current, steps = stack.pop()
        seen += 1
        if current is node:
            return steps
        children: list[tuple[Node, tuple[str, str]]] = []
        if isinstance(current, Mapping):
            for name, value in current.entries.items():
                step = _key_step(name)
                if current.key_is(name, node):
                    return [*steps, (step, step)]
                children.append((value, (step, step)))
        elif isinstance(current, Sequence):
            children = [(item, (f"[{index}]", f"[{_identity(item, index)}]")) for index, item in enumerate(current.items)]
        stack += [(child, [*steps, step]) for child, step in reversed(children)]
    return None


def _key_step(name: str) -> str:
    return f".{name}" if name.replace("_", "a").replace("-", "a").isalnum() else f'["{name}"]'


def _identity(item: Node, index: int) -> str:
    if isinstance(item, Scalar):
        return f"={item.text}"
    if isinstance(item, Mapping):
        for names in _IDENTITIES:
            values = [value.text for name in names if isinstance(value := item.get(name), Scalar)]
            if len(values) == len(names):
                return ",".join(f"{name}={value}" for name, value in zip(names, values, strict=True))
    return str(index)


def fingerprint(parts: Iterable[str], ordinal: int) -> str:
    """16 hex digits over the parts of a finding's identity and its place among equals (0-based)."""
    text = "\0".join((*parts, str(ordinal)))
    return sha256(text.encode()).hexdigest()[:16]

"""What a finding is, independent of where it stands: its field path and its fingerprint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kubelint_lb.source.node import Mapping, Node, Scalar
from kubelint_lb.source.steps import Way, way_to

# What tells items of a list apart, in this order: the first that an item has.
_IDENTITIES = (("name",), ("port",), ("containerPort",), ("host", "path"), ("path",), ("host",))


class Field(NamedTuple):
    """Where a node lies in its object: `path` by index for people, `identity` by names for fingerprints."""

    path: str
    identity: str


def field_of(root: Node, node: Node) -> Field:
    """The field of a node, or of the value of a key node; empty where the node is not in the object."""
    way = way_to(root, node)
    if way is None:
        return Field("", "")
    path, identity = "", ""
    current: Node | None = root
    for step in way.steps:
        child = current.get(step) if current is not None else None
        if isinstance(step, int):
            path += f"[{step}]"
            identity += f"[{identity_of_item(child, step)}]"
        else:
            path += _key_step(step)
            identity += _key_step(step)
        current = child
    return Field(path.lstrip("."), identity.lstrip("."))


def path_of(way: Way) -> str:
    """A way for people: `spec.ports[0].name`."""
    return "".join(f"[{step}]" if isinstance(step, int) else _key_step(step) for step in way.steps).lstrip(".")


def _key_step(name: str) -> str:
    return f".{name}" if name.replace("_", "a").replace("-", "a").isalnum() else f'["{name}"]'


def identity_of_item(item: Node | None, index: int) -> str:
    """What tells an item of a list apart from the others: its name, or the like; else its index (0-based)."""
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
    from hashlib import sha256  # OpenSSL takes longer to load than a clean run has

    text = "\0".join((*parts, str(ordinal)))
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]

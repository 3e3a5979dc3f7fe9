"""What a deployment tool writes into a kustomization before it renders it: every value keeps the place where people wrote it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

from kubelint_lb.render.kustomize.kustomization import Kustomization, LeftOut
from kubelint_lb.source.node import Mapping, Node, Sequence
from kubelint_lb.source.values import items, name_text

# Lists of what is done to one image or workload each.
_NAMED = frozenset({"images", "replicas"})


class Field(NamedTuple):
    """A field of a kustomization that somebody else fills: its name there, and key and value where they are written."""

    name: str
    key: Node
    value: Node


def laid_over(one: Kustomization, fields: Iterable[Field], known: Container[str]) -> Kustomization:
    """The kustomization with more fields: a list goes after its own, of images and replicas one takes the place of its
    namesake, a map goes into its own, and anything else replaces what is there. `known` are the folders with a
    kustomization: of other components nothing is known."""
    node, absent = one.node, one.absent
    for field in fields:
        value = field.value
        if field.name == "components":
            value, unknown = _components(one, field.value, known)
            absent = (*absent, *unknown)
        own = node.entries.get(field.name)
        if isinstance(own, Sequence) and isinstance(value, Sequence):
            value = _joined(field.name, own, value)
        elif isinstance(own, Mapping) and isinstance(value, Mapping):
            value = _merged(own, value)
        node = with_entry(node, field.name, field.key, value)
    return Kustomization(one.path, one.folder, node, absent)


def with_entry(node: Mapping, name: str, key: Node, value: Node) -> Mapping:
    """The map with one entry more, or another value for one that it has."""
    offsets = node.key_offsets if name in node.entries else [*node.key_offsets, node.offset]
    changed = Mapping(node.document, node.offset, {**node.entries, name: value}, offsets)
    changed.stop = node.stop
    changed.key_nodes = {**(node.key_nodes or {}), name: key}
    return changed


def _joined(name: str, own: Sequence, more: Sequence) -> Sequence:
    found = list(own.items)
    for item in more.items:
        same = _namesake(found, item) if name in _NAMED else None
        if same is None:
            found.append(item)
        else:
            found[same] = item
    joined = Sequence(own.document, own.offset, found)
    joined.stop = own.stop
    return joined


def _merged(own: Mapping, more: Mapping) -> Mapping:
    for name, value in more.entries.items():
        own = with_entry(own, name, more.key(name) or value, value)
    return own


def _namesake(found: list[Node], entry: Node) -> int | None:
    wanted = name_text(entry.get("name"))
    return next((index for index, one in enumerate(found) if name_text(one.get("name")) == wanted), None)


def _components(one: Kustomization, value: Node, known: Container[str]) -> tuple[Node, list[LeftOut]]:
    """The components that are here, and what to say of the others."""
    here = [node for node in items(value) if one.local(name_text(node) or "") in known]
    absent = [LeftOut(node, "remote") for node in items(value) if node not in here]
    found = Sequence(value.document, value.start, here)
    return found, absent

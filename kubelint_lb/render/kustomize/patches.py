"""The patches of a kustomization, where they are written: files, or texts in the kustomization itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kubelint_lb.render.kustomize.kustomization import Kustomization
from kubelint_lb.render.kustomize.library import Library
from kubelint_lb.source.embedded import embedded_documents
from kubelint_lb.source.node import Document, Mapping, Node, Scalar
from kubelint_lb.source.regex import bounded_regex
from kubelint_lb.source.values import items, mappings, name_text, text


class _Patch(NamedTuple):
    node: Node
    target: Mapping | None


def patches_of(one: Kustomization, objects: Sequence[Mapping], library: Library) -> Iterator[Node]:
    """The roots of the patches that may change an object, the last one first. `objects`: the object as written and as
    rendered, since a patch may name either."""
    for patch in reversed(list(_written(one))):
        for document in reversed(_documents(one, patch.node, library)):
            root = document.root
            if root is not None and any(_speaks_of(root, patch.target, about) for about in objects):
                yield root


def _written(one: Kustomization) -> Iterator[_Patch]:
    for node in items(one.node.get("patchesStrategicMerge")):
        yield _Patch(node, None)
    for name in ("patchesJson6902", "patches"):
        for entry in mappings(one.node.get(name)):
            target = entry.get("target")
            for key in ("patch", "path"):
                written = entry.get(key)
                if written is not None:
                    yield _Patch(written, target if isinstance(target, Mapping) else None)


def _documents(one: Kustomization, node: Node, library: Library) -> list[Document]:
    content = text(node) or ""
    if isinstance(node, Scalar) and ("\n" in content or "{" in content):
        return embedded_documents(node)
    path = one.local(content)
    return library.documents(path) if path is not None else []


def _speaks_of(patch: Node, target: Mapping | None, about: Mapping) -> bool:
    kind, name = name_text(about.get("kind")) or "", name_text(about.get("metadata", "name")) or ""
    if target is not None:
        return _fits(target.get("kind"), kind) and _fits(target.get("name"), name)
    return name_text(patch.get("kind")) == kind and name_text(patch.get("metadata", "name")) == name


def _fits(pattern: Node | None, value: str) -> bool:
    """Targets are anchored regular expressions; one that is not known here fits nothing."""
    written = name_text(pattern)
    if not written:
        return True
    expression = bounded_regex(written, len(value))
    return expression is not None and expression.fullmatch(value) is not None

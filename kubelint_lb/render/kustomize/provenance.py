"""From a value that kustomize printed to the place where people wrote it: the object's own file, a patch, or a field of a
kustomization. Kustomize's annotations name candidates; only equal contents prove one."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import NamedTuple

from kubelint_lb.render.kustomize.kustomization import Kustomization
from kubelint_lb.render.kustomize.library import Library
from kubelint_lb.render.kustomize.patches import patches_of
from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence, to_python
from kubelint_lb.source.steps import Way, follow
from kubelint_lb.source.values import items, mappings, name_text

# What tells the items of a list apart, where a patch moves them.
_IDENTITIES = ("name", "port", "containerPort", "host", "path", "key", "topologyKey", "ip", "mountPath")
_PATCHES = frozenset({"PatchTransformer", "PatchStrategicMergeTransformer", "PatchJson6902Transformer"})
Field = Callable[[Kustomization, Way, Node], "Node | None"]


class Change(NamedTuple):
    """A transformation kustomize applied: the folder of the kustomization that asks for it, and its built-in name."""

    folder: str
    kind: str


class Provenance:
    """Where one rendered object comes from. `origin` is the object as written, None for a generated one."""

    def __init__(self, origin: Mapping | None, changes: tuple[Change, ...], library: Library) -> None:
        self._origin = origin
        self._changes = changes
        self._library = library

    def locate(self, way: Way, node: Node) -> Node | None:
        """The node of a source file that holds a value: unchanged in the object, else the last change that sets it, else
        as near above it as the object has."""
        written = follow_alike(self._origin, way, node) if self._origin is not None else None
        if written is not None and (way.to_key or is_equal(written, node)):
            return written
        for change in dict.fromkeys(reversed(self._changes)):
            one = self._library.kustomization(change.folder)
            found = self._set_by(one, change.kind, way, node) if one is not None else None
            if found is not None:
                return found
        return written if written is not None else self._above(way)

    def _set_by(self, one: Kustomization, kind: str, way: Way, node: Node) -> Node | None:
        if kind in _PATCHES:
            root = node.document.root
            objects = [found for found in (self._origin, root) if isinstance(found, Mapping)]
            found = (_in_patch(patch, way, node) for patch in patches_of(one, objects, self._library))
            return next((place for place in found if place is not None), None)
        field = _FIELDS.get(kind)
        return field(one, way, node) if field is not None else None

    def _above(self, way: Way) -> Node | None:
        """The innermost part of the way that the object has."""
        if self._origin is None:
            return None
        current: Node = self._origin
        best: Node | None = None
        for step in way.steps:
            if isinstance(current, Mapping) and isinstance(step, str) and step in current.entries:
                best, current = current.key(step), current.entries[step]
            elif isinstance(current, Sequence) and isinstance(step, int) and step < len(current.items):
                best = current = current.items[step]
            else:
                break
        return best


def follow_alike(root: Node, way: Way, rendered: Node) -> Node | None:
    """The node a way leads to; where lists differ in length, an item goes by its name rather than its index."""
    exact = follow(root, way)
    if exact is not None and (way.to_key or is_equal(exact, rendered) or not any(isinstance(step, int) for step in way.steps)):
        return exact
    current: Node | None = root
    shown = rendered.document.root
    for step in way.steps[:-1] if way.to_key else way.steps:
        shown = shown.get(step) if shown is not None else None
        if isinstance(current, Sequence) and isinstance(step, int):
            current = _like(current, step, shown)
        else:
            current = current.get(step) if current is not None else None
    if way.to_key:
        return current.key(str(way.steps[-1])) if isinstance(current, Mapping) else None
    return current if current is not None else exact


def _like(items_: Sequence, index: int, shown: Node | None) -> Node | None:
    if isinstance(shown, Mapping):
        for name in _IDENTITIES:
            wanted = name_text(shown.get(name))
            if wanted is not None:
                return next((one for one in mappings(items_) if name_text(one.get(name)) == wanted), None)
    equal = next((one for one in items_.items if shown is not None and is_equal(one, shown)), None)
    return equal or items_.get(index)


def is_equal(left: Node, right: Node) -> bool:
    """The same value; a number may have become a text, as kustomize quotes annotations."""
    if isinstance(left, Scalar) and isinstance(right, Scalar):
        return left.value == right.value or left.text == right.text
    return to_python(left) == to_python(right)


def _in_patch(patch: Node, way: Way, node: Node) -> Node | None:
    if isinstance(patch, Sequence):
        found = (_in_operation(operation, way, node) for operation in reversed(mappings(patch)))
        return next((one for one in found if one is not None), None)
    written = follow_alike(patch, way, node)
    return written if written is not None and (way.to_key or is_equal(written, node)) else None


def _in_operation(operation: Mapping, way: Way, node: Node) -> Node | None:
    """The place in one operation of a JSON patch that sets a value."""
    pointer, value = name_text(operation.get("path")), operation.get("value")
    if pointer is None or value is None or name_text(operation.get("op")) not in {"add", "replace"}:
        return None
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.lstrip("/").split("/")]
    if len(steps) > len(way.steps):
        return None
    if any(step not in {"-", str(there)} for step, there in zip(steps, way.steps, strict=False)):
        return None
    if way.to_key and len(steps) == len(way.steps):
        return value
    written = follow(value, Way(way.steps[len(steps) :], way.to_key))
    return written if written is not None and (way.to_key or is_equal(written, node)) else None


def _namespace(one: Kustomization, way: Way, node: Node) -> Node | None:
    found = one.node.get("namespace")
    if found is None or not (way.steps[-1:] == ("namespace",) or way.steps == ("metadata", "name")):
        return None
    return found if way.to_key or is_equal(found, node) else None


def _affix(field: str) -> Field:
    def find(one: Kustomization, way: Way, node: Node) -> Node | None:
        affix, value = name_text(one.node.get(field)), name_text(node)
        if not affix or value is None or way.to_key:
            return None
        fits = value.startswith(affix) if field == "namePrefix" else value.endswith(affix)
        return one.node.get(field) if fits else None

    return find


def _pairs(field: str) -> Field:
    """An entry of a map of labels or annotations, or its key."""

    def find(one: Kustomization, way: Way, node: Node) -> Node | None:
        maps = [one.node.get(field)]
        if field == "commonLabels":
            maps += [entry.get("pairs") for entry in mappings(one.node.get("labels"))]
        name = way.steps[-1] if way.steps else None
        for pairs in maps:
            value = pairs.get(name) if isinstance(pairs, Mapping) and name is not None else None
            if value is not None and isinstance(pairs, Mapping) and (way.to_key or is_equal(value, node)):
                return pairs.key(str(name)) if way.to_key else value
        return None

    return find


def _listed(field: str, *values: str) -> Field:
    """The entry of a list whose value the rendered one holds."""

    def find(one: Kustomization, way: Way, node: Node) -> Node | None:
        last = {"replicas": "replicas", "images": "image"}[field]
        shown = name_text(node)
        if way.steps[-1:] != (last,) or shown is None:
            return None
        for entry in reversed(mappings(one.node.get(field))):
            for name in values:
                written = name_text(entry.get(name))
                if written and written in shown:
                    return entry.get(name)
        return None

    return find


def _replacement(one: Kustomization, _way: Way, _node: Node) -> Node | None:
    """Which replacement set a value cannot be told from it: only where there is one."""
    entries = items(one.node.get("replacements"))
    return entries[0] if len(entries) == 1 else None


_FIELDS: dict[str, Field] = {
    "NamespaceTransformer": _namespace,
    "PrefixTransformer": _affix("namePrefix"),
    "SuffixTransformer": _affix("nameSuffix"),
    "LabelTransformer": _pairs("commonLabels"),
    "AnnotationsTransformer": _pairs("commonAnnotations"),
    "ImageTagTransformer": _listed("images", "newTag", "digest", "newName"),
    "ReplicaCountTransformer": _listed("replicas", "count"),
    "ReplacementTransformer": _replacement,
}


def folder_of(unit: str, written: str) -> str:
    """The folder of a file that kustomize names relative to the kustomization it builds."""
    folder = posixpath.dirname(path_of(unit, written))
    return "" if folder == "." else folder


def path_of(unit: str, written: str) -> str:
    """The path of such a file, relative to the root."""
    return posixpath.normpath(posixpath.join(unit, written))

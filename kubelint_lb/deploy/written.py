"""Objects as the files of a tree hold them, kinds that no rule reads too, for what other objects name: ConfigMaps, sources."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.kube.kinds import GroupKind
from kubelint_lb.kube.manifest import Manifest, manifests_of
from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.stubs import ObjectStub
from kubelint_lb.source.decode import NotText, decode
from kubelint_lb.source.files import read_file
from kubelint_lb.source.folders import distance
from kubelint_lb.source.node import Mapping, to_python
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.values import items, mappings, name_text, text

if TYPE_CHECKING:
    from kubelint_lb.deploy.kustomize.overlays import Overlay
    from kubelint_lb.deploy.tree import Tree
    from kubelint_lb.render.kustomize.kustomization import Kustomization

# What kustomize adds to the names of what it generates.
_HASH = re.compile(r"-[a-z0-9]{10}")


class Data(NamedTuple):
    """A text that a ConfigMap holds, and the file it is in; `file`: it is all of that file."""

    text: str
    path: str
    file: bool = False


class Written:
    """The objects of a tree as they are written."""

    def __init__(self, tree: Tree, root: Path) -> None:
        self._tree = tree
        self._root = root
        self._places: dict[tuple[GroupKind, str], list[Manifest | ObjectStub]] = defaultdict(list)
        objects: tuple[Manifest | ObjectStub, ...] = (*tree.manifests, *tree.stubs)
        for one in objects:
            self._places[one.identity, one.name].append(one)
        self._files: dict[str, list[Manifest]] = {}

    def find(
        self, kind: GroupKind, name: str, asking: Manifest, namespace: str | None, overlay: Overlay | None
    ) -> Manifest | None:
        """The object that another one names; None where none is here, or where nobody can tell which of several, or how a
        kustomization changes it."""
        places = [one for one in self._places.get((kind, name), ()) if compatible(one.namespace, namespace)]
        if overlay is not None:
            if self._may_change(overlay, kind):
                return None
            places = [one for one in places if one.path in overlay.reached] or places
        if not places:
            return None
        nearest = min(distance(asking.path, one.path) for one in places)
        paths = {one.path for one in places if distance(asking.path, one.path) == nearest}
        found = [one for path in sorted(paths) for one in self._objects(path) if (one.identity, one.name) == (kind, name)]
        first = found[0] if found else None
        return first if first is not None and all(_alike(first, one) for one in found) else None

    def data(self, name: str, key: str, asking: Manifest, overlay: Overlay | None) -> Data | None:
        """A text that a ConfigMap of the tree holds, one that a kustomization generates too; None where that is not known."""
        generated = list(self._generated(name, key, overlay)) if overlay is not None else []
        if generated:
            return generated[0] if len(generated) == 1 else None
        manifest = self.find(GroupKind("", "ConfigMap"), name, asking, asking.namespace, overlay)
        node = manifest.node.get("data", key) if manifest is not None else None
        written = text(node)
        return Data(written, manifest.path) if manifest is not None and written is not None else None

    def _objects(self, path: str) -> list[Manifest]:
        if path not in self._files:
            source = self._tree.sources.get(path)
            documents = parse_text(source.text, path) if source is not None else []
            self._files[path] = [one for document in documents for one in manifests_of(document)]
        return self._files[path]

    def _generated(self, name: str, key: str, overlay: Overlay) -> Iterator[Data]:
        for one in overlay.closure.members:
            for entry in mappings(one.node.get("configMapGenerator")):
                made = name_text(entry.get("name")) or ""
                if name != made and not (name.startswith(made) and _HASH.fullmatch(name[len(made) :])):
                    continue
                yield from self._of_entry(entry, key, one)

    def _of_entry(self, entry: Mapping, key: str, one: Kustomization) -> Iterator[Data]:
        for item in items(entry.get("files")):
            called, equals, file = (text(item) or "").rpartition("=")
            path = one.local(file)
            content = self.read(path) if path and key == (called if equals else file.rpartition("/")[2]) else None
            if path and content is not None:
                yield Data(content, path, file=True)
        for item in items(entry.get("literals")):
            called, _, content = (text(item) or "").partition("=")
            if called == key:
                yield Data(content, one.path)

    def _may_change(self, overlay: Overlay, kind: GroupKind) -> bool:
        """A patch of the kustomizations speaks of the kind."""
        for one in overlay.closure.members:
            if not one.changes:
                continue
            patches = [entry.path for entry in one.listed("patchesStrategicMerge")]
            patches += [one.local(name_text(entry.get("path")) or "") for entry in mappings(one.node.get("patches"))]
            texts = (self.read(path) for path in patches if path)
            if kind.kind in one.node.document.text or any(kind.kind in content for content in texts if content):
                return True
        return False

    def read(self, path: str) -> str | None:
        """The text of a file inside the root; None where there is none."""
        place = self._root / path
        try:
            if not place.resolve().is_relative_to(self._root.resolve()):
                return None
            return decode(read_file(place))
        except (OSError, NotText, RuntimeError, ValueError):
            return None


def _alike(one: Manifest, other: Manifest) -> bool:
    return all(to_python(one.node.get(name)) == to_python(other.node.get(name)) for name in ("spec", "data"))

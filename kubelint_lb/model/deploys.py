"""Which folders of the repository Flux applies, and what it does to what it finds there.

Source: Flux `kustomize.toolkit.fluxcd.io/v1` Kustomization: `targetNamespace` becomes the `namespace:` of the kustomization,
and `components` (relative to `path`) are added to its own.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from kubelint_lb.model.kinds import KINDS
from kubelint_lb.model.manifest import Manifest
from kubelint_lb.model.values import items, name_text, present
from kubelint_lb.render.closure import Applied
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.placeholder import has_placeholder

_FLUX = KINDS["FluxKustomization"]
# What else Flux may do to the objects before it applies them.
_ALTERING = ("patches", "patchesStrategicMerge", "patchesJson6902", "images", "namePrefix", "nameSuffix", "commonMetadata")


def applied_folders(manifests: Iterable[Manifest]) -> dict[str, list[Applied]]:
    """How each folder is applied, in order of reading; equal ways once."""
    found: dict[str, list[Applied]] = {}
    for manifest in manifests:
        if manifest.identity != _FLUX:
            continue
        folder = applied_folder(manifest)
        if folder is None:
            continue
        ways = found.setdefault(folder, [])
        way = _way(manifest, folder)
        if way not in ways:
            ways.append(way)
    return found


def applied_folder(manifest: Manifest) -> str | None:
    """The folder (relative to the root) that a Flux Kustomization applies; None where that is not known."""
    path = name_text(manifest.node.get("spec", "path"))
    if not path or has_placeholder(path):
        return None
    return inside(path)


def _way(manifest: Manifest, folder: str) -> Applied:
    spec = manifest.node.get("spec")
    namespace = name_text(spec.get("targetNamespace")) if isinstance(spec, Mapping) else None
    altered = isinstance(spec, Mapping) and any(_filled(present(spec.get(name))) for name in _ALTERING)
    components = tuple(_components(spec, folder)) if isinstance(spec, Mapping) else ()
    return Applied(namespace or None, components, altered)


def _components(spec: Mapping, folder: str) -> Iterator[str]:
    for node in items(spec.get("components")):
        path = inside(posixpath.join(folder, name_text(node) or ""))
        if path is not None:
            yield path


def _filled(node: Node | None) -> bool:
    return node is not None and (bool(items(node)) or (isinstance(node, Mapping) and bool(node.entries)) or bool(name_text(node)))


def inside(path: str) -> str | None:
    """A path below the root, without `./`; Flux takes absolute ones from the root, too."""
    normal = posixpath.normpath(path.lstrip("/") or ".")
    return None if normal.startswith("..") else "" if normal == "." else normal

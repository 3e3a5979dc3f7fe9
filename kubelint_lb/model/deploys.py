"""Which folders of the repository Flux applies, and what it does to what it finds there.

Source: Flux `kustomize.toolkit.fluxcd.io/v1` Kustomization: `targetNamespace` becomes the `namespace:` of the kustomization,
and `components` (relative to `path`) are added to its own. The flux-operator's FluxInstance applies its `sync.path` as it is.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from kubelint_lb.model.kinds import KINDS
from kubelint_lb.model.manifest import Manifest
from kubelint_lb.model.values import items, name_text, present
from kubelint_lb.render.closure import Applied, Applier
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.placeholder import has_placeholder

_FLUX = KINDS["FluxKustomization"]
_INSTANCE = KINDS["FluxInstance"]
# The source that `flux bootstrap` makes of the repository it writes to.
_BOOTSTRAPPED = "flux-system"
# Sources whose files are put together by a controller: their folders are not those of a repository.
_MADE_ELSEWHERE = frozenset({"ExternalArtifact"})
# What else Flux may do to the objects before it applies them.
_ALTERING = ("patches", "patchesStrategicMerge", "patchesJson6902", "images", "namePrefix", "nameSuffix", "commonMetadata")


def applied_folders(manifests: Iterable[Manifest]) -> dict[str, list[Applied]]:
    """How each folder is applied, in order of reading; equal ways once, with all that ask for them."""
    found: dict[str, list[Applied]] = {}
    for manifest in manifests:
        folder = applied_folder(manifest)
        if folder is None:
            continue
        ways = found.setdefault(folder, [])
        way = _way(manifest, folder)
        same = next((index for index, one in enumerate(ways) if one._replace(by=()) == way._replace(by=())), None)
        if same is None:
            ways.append(way)
        else:
            ways[same] = ways[same]._replace(by=(*ways[same].by, *way.by))
    return found


def applied_folder(manifest: Manifest) -> str | None:
    """The folder (relative to the root) that a Flux Kustomization or FluxInstance applies; None where that is not known.

    Without a `path` it is the root of its source. Any repository has a root: it is taken for this one only under the name
    that `flux bootstrap` gives to the source it is installed from.
    """
    if manifest.identity == _INSTANCE:
        path = name_text(manifest.node.get("spec", "sync", "path"))
        return inside(path) if path and not has_placeholder(path) else None
    path = name_text(manifest.node.get("spec", "path")) or ""
    source = manifest.node.get("spec", "sourceRef")
    if manifest.identity != _FLUX or has_placeholder(path):
        return None
    if source is not None and name_text(source.get("kind")) in _MADE_ELSEWHERE:
        return None
    folder = inside(path)
    if folder == "" and (source is None or name_text(source.get("name")) != _BOOTSTRAPPED):
        return None
    return folder


def _way(manifest: Manifest, folder: str) -> Applied:
    spec = manifest.node.get("spec")
    namespace = name_text(spec.get("targetNamespace")) if isinstance(spec, Mapping) else None
    altered = isinstance(spec, Mapping) and any(_filled(present(spec.get(name))) for name in _ALTERING)
    components = tuple(_components(spec, folder)) if isinstance(spec, Mapping) else ()
    return Applied(namespace or None, components, altered, (Applier(_name(manifest), _place(manifest)),))


def _name(manifest: Manifest) -> str:
    return f"{manifest.namespace}/{manifest.name}" if manifest.namespace else manifest.name


def _place(manifest: Manifest) -> Node:
    """Where it asks for the folder; where it does not, its name."""
    return manifest.node.get("spec", "path") or manifest.node.get("spec", "sync", "path") or manifest.name_node


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

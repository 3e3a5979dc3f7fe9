"""Which folders of the repository Flux applies, and what it does to what it finds there.

Source: Flux `kustomize.toolkit.fluxcd.io/v1` Kustomization: the controller writes `targetNamespace`, `components` (relative
to `path`) and the like into the kustomization before it renders it. The
flux-operator's FluxInstance applies its `sync.path` as it is.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator

from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.values import items, name_text, present
from kubelint_lb.render.kustomize.closure import Applied, Applier
from kubelint_lb.render.kustomize.laid_over import Field
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.placeholder import has_placeholder

_FLUX = KINDS["FluxKustomization"]
_INSTANCE = KINDS["FluxInstance"]
# The source that `flux bootstrap` makes of the repository it writes to.
_BOOTSTRAPPED = "flux-system"
# Sources whose files are put together by a controller: their folders are not those of a repository.
_MADE_ELSEWHERE = frozenset({"ExternalArtifact"})
# Fields of a kustomization, and how Flux calls what it writes into them.
_FIELDS = {
    "namespace": "targetNamespace",
    "namePrefix": "namePrefix",
    "nameSuffix": "nameSuffix",
    "patches": "patches",
    "components": "components",
    "images": "images",
}
# What a kustomization cannot take over as it is written: fields of versions before v1.
_FORMER = ("patchesStrategicMerge", "patchesJson6902")


def applied_folders(
    manifests: Iterable[Manifest], more: Callable[[Manifest, Applied], Applied] = lambda _, way: way
) -> dict[str, list[Applied]]:
    """How each folder is applied, in order of reading; equal ways once, with all that ask for them. `more` adds to what the
    object itself says of its way."""
    found: dict[str, list[Applied]] = {}
    for manifest in manifests:
        folder = applied_folder(manifest)
        if folder is None:
            continue
        add_way(found.setdefault(folder, []), more(manifest, _way(manifest)))
    return found


def add_way(ways: list[Applied], new: Applied) -> None:
    """Adds a way that a folder is applied, or to an equal one who else asks for it."""
    for index, one in enumerate(ways):
        if one.is_like(new):
            ways[index] = one._replace(by=tuple(dict.fromkeys((*one.by, *new.by))), inputs=one.inputs | new.inputs)
            return
    ways.append(new)


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


def _way(manifest: Manifest) -> Applied:
    by = (Applier(_name(manifest), place_of(manifest)),)
    inputs = frozenset({manifest.path})
    spec = manifest.node.get("spec")
    if not isinstance(spec, Mapping) or manifest.identity != _FLUX:
        return Applied(by=by, inputs=inputs)
    altered = any(_filled(present(spec.get(name))) for name in _FORMER)
    return Applied(tuple(_fields(spec)), altered, by=by, inputs=inputs)


def _fields(spec: Mapping) -> Iterator[Field]:
    for name, written in _FIELDS.items():
        key, value = spec.key(written), present(spec.get(written))
        if key is not None and value is not None and _filled(value):
            yield Field(name, key, value)


def _name(manifest: Manifest) -> str:
    return f"{manifest.namespace}/{manifest.name}" if manifest.namespace else manifest.name


def place_of(manifest: Manifest) -> Node:
    """Where it asks for the folder; where it does not, its name."""
    return manifest.node.get("spec", "path") or manifest.node.get("spec", "sync", "path") or manifest.name_node


def _filled(node: Node | None) -> bool:
    return node is not None and (bool(items(node)) or (isinstance(node, Mapping) and bool(node.entries)) or bool(name_text(node)))


def inside(path: str) -> str | None:
    """A path below the root, without `./`; Flux takes absolute ones from the root, too."""
    normal = posixpath.normpath(path.lstrip("/") or ".")
    return None if normal.startswith("..") else "" if normal == "." else normal

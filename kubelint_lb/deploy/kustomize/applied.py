"""Which kustomizations of a tree are units, and how: those that no other one includes, and the folders that Flux or Argo CD
apply."""

from __future__ import annotations

import posixpath
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kubelint_lb.deploy.flux.artifact import Artifact
from kubelint_lb.deploy.flux.kustomizations import applied_folders
from kubelint_lb.deploy.kustomize.overlays import Files
from kubelint_lb.deploy.skipped import SkipReason
from kubelint_lb.deploy.tree import Tree
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.render.kustomize.closure import Applied, Closure, Directory, root_kustomizations
from kubelint_lb.render.kustomize.generated import Listing, made_up, text_at
from kubelint_lb.render.kustomize.kustomization import Kustomization, LeftOut
from kubelint_lb.render.kustomize.laid_over import laid_over
from kubelint_lb.source.names import KUSTOMIZATIONS, SUFFIXES

if TYPE_CHECKING:
    from kubelint_lb.deploy.argocd.applied import ArgoCD

# What needs no renderer.
_LIGHT = frozenset({"namespace", "components"})
UNREADABLE = "a file that cannot be read as it is"
PROGRAMS = "Jsonnet"


def closures_of(tree: Tree, files: Files, root: Path, argocd: ArgoCD | None = None) -> list[Closure]:
    """The units in order of their folders; a folder that is applied in several ways is several.

    A folder without a kustomization is one too if Flux applies it, and then includes the kustomizations below it; so it is if
    Argo CD takes it as it lies there. `root` is the folder that paths are relative to.
    """
    known = tree.layout.kustomizations
    applied = _applied_folders(tree, argocd)
    without = sorted(folder for folder in applied if folder not in known)
    folders = _Folders(tree, files, root) if without else None
    made = [one for folder in without if folders is not None for one in folders.closures(folder, applied[folder])]
    included = {folder for one in made for folder in one.root.entries}
    own = [Closure(one, known) for one in root_kustomizations(known) if one.folder not in applied and one.folder not in included]
    own += [_applied(known[folder], known, way) for folder, ways in applied.items() if folder in known for way in ways]
    closures = sorted([*own, *made], key=lambda one: one.root.folder)
    for _, group in groupby(closures, key=lambda one: one.root.folder):
        _label(list(group))
    return closures


def _more(tree: Tree) -> Callable[[Manifest, Applied], Applied]:
    """What the rest of the tree adds to a Flux Kustomization; it is looked at only where one asks for it."""
    asking = ("postBuild", "commonMetadata", "patches")
    if not any(
        one.view_name == "FluxKustomization" and any(one.node.get("spec", name) for name in asking) for one in tree.manifests
    ):
        return lambda _, way: way
    from kubelint_lb.deploy.flux.finishing import Inherited

    return Inherited(tree).add


def _applied(one: Kustomization, known: dict[str, Kustomization], way: Applied) -> Closure:
    """The kustomization with what a deployment tool writes into it."""
    closure = _closure(laid_over(one, way.fields, known), known, way)
    light = [field for field in way.fields if field.name in _LIGHT]
    if len(light) < len(way.fields):
        closure.bare = _closure(laid_over(one, light, known), known, way._replace(altered=True))
    return closure


def _closure(root: Kustomization, known: dict[str, Kustomization], way: Applied) -> Closure:
    return Closure(root, ChainMap({root.folder: root}, known), way)


def _label(closures: list[Closure]) -> None:
    """Names what tells kustomizations of one folder apart: namespaces, else who applies them, else where that is said."""
    if len(closures) == 1:
        return
    appliers = [one.applied.by[0] for one in closures]
    namespaces = [one.root.namespace if _sets_namespace(one) else one.applied.destination or "as it is" for one in closures]
    places = [f"{one.node.path}:{one.node.span.line}" for one in appliers]
    for labels in (namespaces, [one.name for one in appliers], places):
        if len(set(labels)) == len(labels):
            break
    for closure, label in zip(closures, labels, strict=True):
        closure.label = label or ""


def _sets_namespace(closure: Closure) -> bool:
    return any(field.name == "namespace" for field in closure.applied.fields)


def _applied_folders(tree: Tree, argocd: ArgoCD | None) -> dict[str, list[Applied]]:
    """How Flux and Argo CD apply folders."""
    found = applied_folders(tree.manifests, _more(tree))
    if argocd is not None:
        argocd.add_to(found)
    # A kustomization is no folder of manifests: who takes one for that fails.
    fitting = {
        folder: [way for way in ways if way.directory is None or folder not in tree.layout.kustomizations]
        for folder, ways in found.items()
    }
    return {folder: ways for folder, ways in fitting.items() if ways}


class _Folders:
    """Makes kustomizations of folders that have none."""

    def __init__(self, tree: Tree, files: Files, root: Path) -> None:
        self._files = files
        self._known = tree.layout.kustomizations
        # What another tool rendered is no part of the repository that Flux reads.
        paths = [path for path in tree.paths if path not in tree.prerendered]
        bases = {path.rpartition("/")[0] for path in paths if path.rpartition("/")[2] in KUSTOMIZATIONS}
        self._listing = Listing(paths, bases)
        self._root = root
        self._artifact = Artifact(root)
        self._no_objects = frozenset(one.path for one in tree.skipped if one.reason is SkipReason.NOT_KUBERNETES)

    def closures(self, folder: str, ways: Iterable[Applied]) -> Iterator[Closure]:
        """The folder in each of the ways it is applied; none where there is nothing in it, or a kustomization nobody can read."""
        if any(posixpath.join(folder, name) in self._listing for name in KUSTOMIZATIONS):
            return
        listed = [path for path in self._listing.entries(folder) if self._artifact.holds(self._path(path))]
        for way in ways:
            paths = listed if way.directory is None else self._as_they_lie(folder, way.directory)
            entries = [path for path in paths if path in self._known or self._files.whole(path)]
            if entries:
                place = way.by[0].node
                unread = (path for path in paths if path not in entries and path not in self._no_objects)
                absent = [LeftOut(text_at(place, path), UNREADABLE) for path in unread]
                if way.directory is not None:
                    absent += [LeftOut(text_at(place, path), PROGRAMS) for path in self._programs(folder, way.directory)]
                made = made_up(folder, entries, place, absent)
                yield _applied(made, self._known, way)

    def _as_they_lie(self, folder: str, how: Directory) -> list[str]:
        """The manifests that Argo CD takes from a folder."""
        start = len(folder) + 1 if folder else 0
        paths = self._listing.entries(folder, recurse=how.recurse, bases=False, suffixes=SUFFIXES)
        return [path for path in paths if how.takes(path[start:])]

    def _programs(self, folder: str, how: Directory) -> list[str]:
        """The Jsonnet among the files of a folder, which Argo CD evaluates to more manifests."""
        here = self._root / folder
        found = here.rglob("*.jsonnet") if how.recurse else here.glob("*.jsonnet")
        paths = (path.relative_to(here).as_posix() for path in sorted(found) if path.is_file())
        return [posixpath.join(folder, path) for path in paths if how.takes(path)]

    def _path(self, path: str) -> str:
        return f"{path}/" if path not in self._listing else path

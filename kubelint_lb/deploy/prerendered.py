"""Folders of manifests that another tool rendered: units of their own, which show what HelmReleases of the tree install."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING

from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.settings.root import existing
from kubelint_lb.source.discover import FoundFile, discover, matcher
from kubelint_lb.source.folders import is_within

if TYPE_CHECKING:
    from kubelint_lb.deploy.flux.made_by import ReleaseName
    from kubelint_lb.deploy.tree import Tree
    from kubelint_lb.deploy.unit import Unit
    from kubelint_lb.kube.manifest import Manifest
    from kubelint_lb.settings.settings import Settings


def named(folders: Iterable[Path], settings: Settings) -> tuple[str, ...]:
    """Folders that the command line names, relative to the root. Raises UsageError for one that is none, or outside of it."""
    root = (settings.root or Path.cwd()).resolve()
    found = []
    for folder in folders:
        place = existing(folder)
        if not place.is_dir():
            raise UsageError(f"--rendered: {folder} is not a folder")
        if not place.is_relative_to(root):
            raise UsageError(f"--rendered: {folder} lies outside {root}, the root of this run; put what is rendered below it")
        found.append(place.relative_to(root).as_posix())
    return tuple(dict.fromkeys(found))


def files_of(root: Path, settings: Settings) -> list[FoundFile]:
    """The files of the folders that were rendered, by paths relative to the root; what git ignores, too, as build output is.

    Raises UsageError for a folder in the configuration that is not there.
    """
    excluded = matcher(settings.exclude)
    found: dict[str, FoundFile] = {}
    for one in settings.rendered:
        folder = _folder(one)
        place = root / folder
        if not place.is_dir() or not place.resolve().is_relative_to(root.resolve()):
            raise UsageError(f"rendered: there is no folder {one} below {root}")
        for file in discover(place):
            path = f"{folder}/{file.path}" if folder else file.path
            if excluded is None or not excluded(path):
                found[path] = file._replace(path=path)
    return list(found.values())


def groups(paths: Iterable[str], rendered: Sequence[str]) -> dict[str, frozenset[str]]:
    """The files of each unit, by its name: one for each folder directly below a rendered one, else that itself."""
    folders = [_folder(one) for one in rendered]
    found: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        folder = next(one for one in folders if is_within(path, one))
        inside = path[len(folder) + 1 :] if folder else path
        below, slash, _ = inside.partition("/")
        name = "/".join(filter(None, (folder, below if slash else ""))) or "."
        found[name].add(path)
    return {name: frozenset(found[name]) for name in sorted(found)}


def mark_shown(tree: Tree, units: Sequence[Unit], grouped: Collection[Unit]) -> None:
    """Marks the HelmReleases whose objects are here: in their own unit, or in a rendered one of their cluster (`grouped`).

    Where more HelmReleases have a name than rendered units show it (a staging that nobody rendered), none is marked: nobody
    can tell whose objects these are.
    """
    shown: dict[ReleaseName, int] = defaultdict(int)
    waiting: list[Manifest] = []
    for unit in units:
        own = _shown_in(unit, tree)
        for one in _releases(unit.manifests):
            one.shown = any(_is_named(one, release) for release in own)
            if not unit.prerendered and unit in grouped:
                waiting.append(one)
        if unit.prerendered:
            for release in own:
                shown[release] += 1
    for release, times in shown.items():
        meant = [one for one in waiting if _is_named(one, release)]
        if len(meant) <= times:
            for one in meant:
                one.shown = True
    mark_as_written(tree, units)


def _shown_in(unit: Unit, tree: Tree) -> set[ReleaseName]:
    paths = {one.path for one in unit.manifests} | {one.path for one in unit.stubs}
    return {release for path in paths for release in tree.releases.get(path, ())}


def mark_as_written(tree: Tree, units: Iterable[Unit]) -> None:
    """Units hold objects as kustomizations leave them; of the tree's own, those are shown whose every use is."""
    releases: dict[str, list[Manifest]] = defaultdict(list)
    for unit in units:
        if not unit.prerendered:
            for one in _releases(unit.manifests):
                releases[one.name].append(one)
    for written in _releases(tree.manifests):
        used = [one for one in releases.get(written.name, ()) if compatible(one.namespace, written.namespace)]
        if used and written.path not in tree.prerendered:
            written.shown = all(one.shown for one in used)


def _releases(manifests: Iterable[Manifest]) -> Iterator[Manifest]:
    return (one for one in manifests if one.view_name == "HelmRelease")


def _is_named(manifest: Manifest, release: ReleaseName) -> bool:
    return manifest.name == release.name and compatible(manifest.namespace, release.namespace)


def _folder(one: str) -> str:
    """A configured folder as paths of the tree are written."""
    path = normpath(one)
    return "" if path == "." else path

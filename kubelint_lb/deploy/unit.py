"""A unit: the manifests that are applied together, indexed by what rules ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kubelint_lb.deploy.cluster_name import NOWHERE, Clusters
from kubelint_lb.deploy.former import FormerObjects
from kubelint_lb.deploy.layout import Layout
from kubelint_lb.kube.kinds import FAMILIES, KINDS, GroupKind, expand
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.stubs import Glimpse
from kubelint_lb.kube.view import View
from kubelint_lb.kube.views import view_of
from kubelint_lb.source.folders import distance

if TYPE_CHECKING:
    from kubelint_lb.deploy.cluster import Cluster


class Unit:
    """Manifests with their indexes.

    `complete`: all of the cluster's traffic objects are here. `whole`: the user (or a renderer) says that these objects are
    applied together, so nearness of files says nothing. `external` are name patterns (`namespace/name` or `name`, `*` allowed)
    of objects that live elsewhere.
    `left_out`: parts of the unit could not be rendered. `reads` collects the view names that were asked for.
    """

    # Another tool rendered it: it may hold the objects of other units once more.
    prerendered = False
    # What makes it a unit: `configured`, `kustomization`, `chart`, `HelmRelease`, `Application`, `rendered`, `inside` (another
    # object); else it just lies in the tree.
    found = "plain"
    # The files it is made of, readable or not.
    files: Callable[[str], bool] = staticmethod(lambda _path: False)
    # Where it is known to land.
    clusters: Clusters = NOWHERE
    # The unit with the object that installs it.
    holder: Unit | None = None

    def __init__(
        self,
        name: str,
        manifests: Sequence[Manifest],
        layout: Layout,
        *,
        complete: bool = False,
        whole: bool = False,
        external: Sequence[str] = (),
        unread_folders: Iterable[str] = (),
        unread_files: Iterable[str] = (),
        glimpses: Sequence[Glimpse] = (),
        left_out: bool = False,
        former: FormerObjects | None = None,
    ) -> None:
        self.name = name
        self.manifests = manifests
        self.layout = layout
        self.complete = complete
        self.whole = whole or complete
        self.external = tuple(external)
        # Folders with a manifest that could not be read, or was skipped: what is missed there may be in it.
        self.unread_folders = frozenset(unread_folders)
        # Files some of whose documents could not be read: what the others refer to may be in those.
        self.unread_files = frozenset(unread_files)
        # Documents of kinds that nobody reads: only their identities are known.
        self.glimpses, self.left_out = glimpses, left_out
        # The units that land in one cluster with this one, or may; None where it stands alone.
        self.cluster: Cluster | None = None
        # What the change under review removed or changed.
        self.former = former
        self.reads: set[str] = set()
        self._views: dict[int, View] = {}
        self._by_kind: dict[str | None, list[Manifest]] = defaultdict(list)
        self._by_name: dict[tuple[GroupKind, str], list[Manifest]] = defaultdict(list)
        self._by_folder: dict[tuple[GroupKind, str], list[Manifest]] = defaultdict(list)
        for manifest in manifests:
            self._by_kind[manifest.view_name].append(manifest)
            self._by_name[manifest.identity, manifest.name].append(manifest)
            self._by_folder[manifest.identity, manifest.folder].append(manifest)

    @property
    def base(self) -> Unit:
        """The unit that decides where this one lands: itself, or the one that installs it."""
        return self.holder.base if self.holder is not None else self

    def view(self, manifest: Manifest) -> View:
        """The typed view of a manifest, made once."""
        found = self._views.get(id(manifest))
        if found is None:
            found = self._views[id(manifest)] = view_of(manifest)
        return found

    def all(self, *names: str) -> Iterator[View]:
        """The views of kinds or families, in order of reading."""
        for name in expand(names):
            self._read(name)
            for manifest in self._by_kind.get(name, ()):
                yield self.view(manifest)

    def everywhere(self, *names: str) -> Iterator[View]:
        """The views of kinds or families in this unit, then in the others of its cluster."""
        yield from self.all(*names)
        for other in self.cluster.beside(self) if self.cluster is not None else ():
            yield from other.all(*names)

    def named(self, kind: GroupKind, name: str) -> list[Manifest]:
        """The objects of a kind with a name, in every namespace."""
        self._read_kind(kind)
        return self._by_name.get((kind, name), [])

    def in_folder(self, kind: GroupKind, folder: str) -> list[Manifest]:
        """The objects of a kind in the files of a folder (of the whole unit, where nearness says nothing)."""
        self._read_kind(kind)
        if self.whole:
            return [manifest for manifest in self.manifests if manifest.identity == kind]
        return self._by_folder.get((kind, folder), [])

    def nearest(self, path: str, candidates: Iterable[Manifest]) -> list[Manifest]:
        """The candidates of the nearest level that has any, seen from a file (all of them, where nearness says nothing)."""
        found = list(candidates)
        if self.whole or len(found) < 2:
            return found
        distances = [distance(path, candidate.path) for candidate in found]
        best = min(distances)
        return [candidate for candidate, far in zip(found, distances, strict=True) if far == best]

    def peers(self, manifest: Manifest, *names: str) -> Iterator[View]:
        """The other objects of some kinds that surely land in the same cluster as this one: for conflict rules.

        In a plain tree: those of its file, and of its folder unless its files are alternatives of each other.
        """
        for view in self._candidates(manifest, expand(names)):
            if self.lands_with(manifest, view.manifest):
                yield view

    def lands_with(self, manifest: Manifest, other: Manifest) -> bool:
        """Two different objects surely land in the same cluster; see `peers`."""
        if other is manifest or self._same_identity(manifest, other):
            return False
        if self.whole or manifest.path == other.path:
            return True
        return manifest.folder == other.folder and manifest.folder not in self._folders_of_alternatives

    def _candidates(self, manifest: Manifest, names: tuple[str, ...]) -> Iterator[View]:
        for name in names:
            self._read(name)
            if self.whole:
                group = self._by_kind.get(name, [])
            elif name in KINDS:
                group = self._by_folder.get((KINDS[name], manifest.folder), [])
            else:
                group = [one for one in self._by_kind.get(name, ()) if one.folder == manifest.folder]
            for other in group:
                yield self.view(other)

    @cached_property
    def _folders_of_alternatives(self) -> frozenset[str]:
        """Folders in which some object is defined in two files: their files are variants, not applied together."""
        files: dict[tuple[str, GroupKind, str | None, str], str] = {}
        found = set()
        for manifest in self.manifests:
            key = (manifest.folder, manifest.identity, manifest.namespace, manifest.name)
            if files.setdefault(key, manifest.path) != manifest.path:
                found.add(manifest.folder)
        return frozenset(found)

    @staticmethod
    def _same_identity(left: Manifest, right: Manifest) -> bool:
        return (left.identity, left.namespace, left.name) == (right.identity, right.namespace, right.name)

    def _read(self, name: str) -> None:
        self.reads.add(name)

    def _read_kind(self, kind: GroupKind) -> None:
        if kind.kind in KINDS and KINDS[kind.kind] == kind:
            self.reads.add(kind.kind)

    def has(self, *names: str) -> bool:
        """The unit holds an object of one of the kinds."""
        wanted = expand(names)
        self.reads.update(wanted)
        return any(self._by_kind.get(name) for name in wanted)

    @property
    def workload_names(self) -> tuple[str, ...]:
        """The view names of all kinds with a pod template."""
        return FAMILIES["Workload"]

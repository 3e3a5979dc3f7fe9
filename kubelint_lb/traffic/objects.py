"""The objects of a unit by what rules ask for, and the units beside it that land in the same cluster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar, cast

from kubelint_lb.deploy.cluster_name import Clusters, are_apart, are_together
from kubelint_lb.deploy.unit import Unit
from kubelint_lb.kube.kinds import FAMILIES, KINDS, GroupKind, expand
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.view import View
from kubelint_lb.kube.views import view_of
from kubelint_lb.source.folders import distance

if TYPE_CHECKING:
    from kubelint_lb.deploy.argocd.applied import ArgoCD


class Index(Protocol):
    """Something worked out of the objects of a unit; `Objects.of` finds it."""

    def __init__(self, objects: Objects, /) -> None: ...


_Index = TypeVar("_Index", bound=Index)


class Objects:
    """The manifests of a unit with their indexes. `reads` collects the view names that were asked for."""

    def __init__(self, unit: Unit, cluster: Cluster | None = None) -> None:
        self.unit = unit
        self.name, self.manifests, self.layout = unit.name, unit.manifests, unit.layout
        self.complete = unit.complete
        self.whole = unit.is_whole
        self.external, self.former = unit.external, unit.former
        self.unread_folders, self.unread_files = unit.unread_folders, unit.unread_files
        self.stubs, self.left_out = unit.stubs, unit.left_out
        self.clusters, self.prerendered = unit.clusters, unit.prerendered
        # The units that land in one cluster with this one, or may; a unit alone is a cluster of its own.
        self.cluster: Cluster = cluster or Cluster.alone(self)
        self.reads: set[str] = set()
        self._indexes: dict[type[object], object] = {}
        self._views: dict[int, View] = {}
        self._by_kind: dict[str | None, list[Manifest]] = defaultdict(list)
        self._by_name: dict[tuple[GroupKind, str], list[Manifest]] = defaultdict(list)
        self._by_folder: dict[tuple[GroupKind, str], list[Manifest]] = defaultdict(list)
        self._by_identity: dict[GroupKind, list[Manifest]] = defaultdict(list)
        for manifest in unit.manifests:
            self._by_kind[manifest.view_name].append(manifest)
            self._by_name[manifest.identity, manifest.name].append(manifest)
            self._by_folder[manifest.identity, manifest.folder].append(manifest)
            self._by_identity[manifest.identity].append(manifest)

    @property
    def base(self) -> Unit:
        """The unit that decides where this one lands: itself, or the one that installs it."""
        return self.unit.base

    def of(self, index: type[_Index]) -> _Index:
        """An index of these objects, made when first asked for: any class that is made of objects."""
        found = self._indexes.get(index)
        if found is None:
            found = self._indexes[index] = index(self)
        return cast("_Index", found)

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
        for other in self.cluster.beside(self):
            yield from other.all(*names)

    def named(self, kind: GroupKind, name: str) -> list[Manifest]:
        """The objects of a kind with a name, in every namespace."""
        self._read_kind(kind)
        return self._by_name.get((kind, name), [])

    def in_folder(self, kind: GroupKind, folder: str) -> list[Manifest]:
        """The objects of a kind in the files of a folder (of the whole unit, where nearness says nothing)."""
        self._read_kind(kind)
        if self.whole:
            return self._by_identity.get(kind, [])
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


_Shared = TypeVar("_Shared")
_NAMESPACE = KINDS["Namespace"]


class Definition(NamedTuple):
    """An object and the unit it is in."""

    unit: Objects
    manifest: Manifest


class Cluster:
    """Some units, any two of which share a cluster if somebody says so. Where nobody says where they land, they do unless both
    define the same object: then they are variants of each other (`dev` and `prod`)."""

    def __init__(self, units: Iterable[Unit], folders: Iterable[str] = (), argocd: ArgoCD | None = None) -> None:
        self.units = [Objects(unit, self) for unit in units]
        # What Argo CD's Applications apply; None where there are none, or nothing was rendered.
        self.argocd = argocd
        # Folders whose kustomization is one of the units: what is applied from them is known.
        self.folders = frozenset(folders)
        self._shared: dict[tuple[Any, Clusters], object] = {}
        self._variants: dict[tuple[int, int], bool] = {}
        self._identities: dict[int, frozenset[object]] = {}

    @classmethod
    def alone(cls, objects: Objects) -> Cluster:
        """A cluster of which one unit is known."""
        cluster = cls(())
        cluster.units.append(objects)
        return cluster

    def beside(self, unit: Objects) -> Iterator[Objects]:
        """The units other than one, less those that surely land elsewhere."""
        return (other for other in self.units if other is not unit and not are_apart(unit.clusters, other.clusters))

    def companions(self, unit: Objects) -> list[Objects]:
        """A unit, then the others that land in its cluster with it, as far as is known: less its variants."""
        return [unit, *(other for other in self.beside(unit) if not self._are_variants(other, unit))]

    def shared(self, unit: Objects, make: Callable[[Sequence[Objects]], _Shared]) -> _Shared:
        """Something worked out once for all units that may land where one does."""
        key = (make, unit.clusters)
        if key not in self._shared:
            self._shared[key] = make([other for other in self.units if not are_apart(unit.clusters, other.clusters)])
        return cast("_Shared", self._shared[key])

    def defining(self, unit: Objects, kind: GroupKind, name: str) -> list[Definition]:
        """Who else defines an object of this name: in units that may share a cluster with this one."""
        found = self._by_name.get((kind, name), ())
        return [one for one in found if one.unit is not unit and not self._are_variants(one.unit, unit)]

    @cached_property
    def _by_name(self) -> dict[tuple[GroupKind, str], list[Definition]]:
        found: dict[tuple[GroupKind, str], list[Definition]] = defaultdict(list)
        for unit in self.units:
            for manifest in unit.manifests:
                found[manifest.identity, manifest.name].append(Definition(unit, manifest))
        return found

    def _are_variants(self, left: Objects, right: Objects) -> bool:
        key = (min(id(left), id(right)), max(id(left), id(right)))
        if key not in self._variants:
            self._variants[key] = are_apart(left.clusters, right.clusters) or (
                not are_together(left.clusters, right.clusters) and self._define_the_same(left, right)
            )
        return self._variants[key]

    def _define_the_same(self, left: Objects, right: Objects) -> bool:
        # A plain tree holds every variant there is: it says nothing of who shares a cluster with it.
        # Neither does what another tool rendered: it holds the same objects once more.
        alike = left.whole and right.whole and left.prerendered == right.prerendered
        related = left.base is right.base and left.base.is_whole
        return alike and not related and not self._identity(left).isdisjoint(self._identity(right))

    def _identity(self, unit: Objects) -> frozenset[object]:
        if id(unit) not in self._identities:
            # What a unit installs lands where itself does.
            installing = unit.base.manifests if unit.base is not unit.unit and unit.base.is_whole else ()
            self._identities[id(unit)] = frozenset(
                (one.identity, one.namespace, one.name) for one in (*unit.manifests, *installing) if one.identity != _NAMESPACE
            )
        return self._identities[id(unit)]

"""Units that land in one cluster: what one of them does not define, another may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from kubelint_lb.deploy.cluster_name import Clusters, are_apart, are_together
from kubelint_lb.deploy.unit import Unit
from kubelint_lb.kube.kinds import KINDS, GroupKind
from kubelint_lb.kube.manifest import Manifest

if TYPE_CHECKING:
    from kubelint_lb.deploy.argocd.applied import ArgoCD

_Shared = TypeVar("_Shared")
_NAMESPACE = KINDS["Namespace"]


class Definition(NamedTuple):
    """An object and the unit it is in."""

    unit: Unit
    manifest: Manifest


class Cluster:
    """Some units, any two of which share a cluster if somebody says so. Where nobody says where they land, they do unless both
    define the same object: then they are variants of each other (`dev` and `prod`)."""

    def __init__(self, units: Sequence[Unit], folders: Iterable[str] = (), argocd: ArgoCD | None = None) -> None:
        self.units = list(units)
        # What Argo CD's Applications apply; None where there are none, or nothing was rendered.
        self.argocd = argocd
        # Folders whose kustomization is one of the units: what is applied from them is known.
        self.folders = frozenset(folders)
        self._shared: dict[tuple[Any, Clusters], object] = {}
        self._variants: dict[tuple[int, int], bool] = {}
        self._identities: dict[int, frozenset[object]] = {}
        for unit in units:
            unit.cluster = self

    def join(self, unit: Unit) -> None:
        """One more unit, before anything was asked."""
        self.units.append(unit)
        unit.cluster = self

    def beside(self, unit: Unit) -> Iterator[Unit]:
        """The units other than one, less those that surely land elsewhere."""
        return (other for other in self.units if other is not unit and not are_apart(unit.clusters, other.clusters))

    def shared(self, unit: Unit, make: Callable[[Sequence[Unit]], _Shared]) -> _Shared:
        """Something worked out once for all units that may land where one does."""
        key = (make, unit.clusters)
        if key not in self._shared:
            self._shared[key] = make([other for other in self.units if not are_apart(unit.clusters, other.clusters)])
        return cast("_Shared", self._shared[key])

    def defining(self, unit: Unit, kind: GroupKind, name: str) -> list[Definition]:
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

    def _are_variants(self, left: Unit, right: Unit) -> bool:
        key = (min(id(left), id(right)), max(id(left), id(right)))
        if key not in self._variants:
            self._variants[key] = are_apart(left.clusters, right.clusters) or (
                not are_together(left.clusters, right.clusters) and self._define_the_same(left, right)
            )
        return self._variants[key]

    def _define_the_same(self, left: Unit, right: Unit) -> bool:
        # A plain tree holds every variant there is: it says nothing of who shares a cluster with it.
        # Neither does what another tool rendered: it holds the same objects once more.
        alike = left.whole and right.whole and left.prerendered == right.prerendered
        related = left.base is right.base and left.base.whole
        return alike and not related and not self._identity(left).isdisjoint(self._identity(right))

    def _identity(self, unit: Unit) -> frozenset[object]:
        if id(unit) not in self._identities:
            # What a unit installs lands where itself does.
            installing = unit.base.manifests if unit.base is not unit and unit.base.whole else ()
            self._identities[id(unit)] = frozenset(
                (one.identity, one.namespace, one.name) for one in (*unit.manifests, *installing) if one.identity != _NAMESPACE
            )
        return self._identities[id(unit)]

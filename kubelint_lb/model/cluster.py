"""Units that land in one cluster: what one of them does not define, another may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar, cast

from kubelint_lb.model.kinds import KINDS, GroupKind
from kubelint_lb.model.manifest import Manifest
from kubelint_lb.model.unit import Unit

_Shared = TypeVar("_Shared")
_NAMESPACE = KINDS["Namespace"]


class Definition(NamedTuple):
    """An object and the unit it is in."""

    unit: Unit
    manifest: Manifest


class Cluster:
    """Some units, any two of which share a cluster unless both define the same object: then they are variants of each
    other (`dev` and `prod`)."""

    def __init__(self, units: Sequence[Unit], folders: Iterable[str] = ()) -> None:
        self.units = units
        # Folders whose kustomization is one of the units: what is applied from them is known.
        self.folders = frozenset(folders)
        self._shared: dict[Any, object] = {}
        self._variants: dict[tuple[int, int], bool] = {}
        self._identities: dict[int, frozenset[object]] = {}
        for unit in units:
            unit.cluster = self

    def beside(self, unit: Unit) -> Iterator[Unit]:
        """The units other than one."""
        return (other for other in self.units if other is not unit)

    def shared(self, make: Callable[[Sequence[Unit]], _Shared]) -> _Shared:
        """Something worked out once for all units."""
        if make not in self._shared:
            self._shared[make] = make(self.units)
        return cast("_Shared", self._shared[make])

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
            # A plain tree holds every variant there is: it says nothing of who shares a cluster with it.
            # Neither does what another tool rendered: it holds the same objects once more.
            alike = left.whole and right.whole and left.prerendered == right.prerendered
            self._variants[key] = alike and not self._identity(left).isdisjoint(self._identity(right))
        return self._variants[key]

    def _identity(self, unit: Unit) -> frozenset[object]:
        if id(unit) not in self._identities:
            self._identities[id(unit)] = frozenset(
                (one.identity, one.namespace, one.name) for one in unit.manifests if one.identity != _NAMESPACE
            )
        return self._identities[id(unit)]

"""What ReferenceGrants permit.

Source: gateway-api `apis/v1/referencegrant_types.go`. All texts are compared exactly; from and to are OR-ed and
cross-multiplied.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple, TypeAlias

from kubelint_lb.kube.gateway import ReferenceGrant
from kubelint_lb.kube.kinds import GroupKind
from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.references import Reference
from kubelint_lb.kube.route import BackendRef, Route
from kubelint_lb.kube.values import name_text, present
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.placeholder import is_open, may_equal
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.openness import Openness


class NearGrant(NamedTuple):
    """A grant that would permit but for one thing: `why` is `namespace` (it stands in the referrer's), or the field that
    differs: from-group, from-kind, from-namespace, to-group, to-kind or to-name. `node` is where that stands."""

    grant: ReferenceGrant
    why: str
    node: Node


class Permission(NamedTuple):
    """Whether a reference into another namespace is permitted; None where a grant's namespace is not known."""

    allowed: bool | None
    near: NearGrant | None = None


class Grants:
    """The ReferenceGrants of a unit, by namespace."""

    def __init__(self, unit: Objects) -> None:
        self._unit = unit
        self._openness = unit.of(Openness)

    @cached_property
    def _by_namespace(self) -> dict[str | None, list[ReferenceGrant]]:
        """Those whose namespace is not settled are under None."""
        found: dict[str | None, list[ReferenceGrant]] = defaultdict(list)
        for view in self._unit.everywhere("ReferenceGrant"):
            if isinstance(view, ReferenceGrant):
                settled = view.namespace is not None and not is_open(view.namespace)
                found[view.namespace if settled else None].append(view)
        return found

    def permission(self, reference: Reference, referrer: GroupKind) -> Permission:
        """Looks for a grant in the target's namespace that lets this referrer in."""
        near: NearGrant | None = None
        for grant in self._by_namespace.get(reference.namespace, ()):
            slips = _slips(grant, reference, referrer)
            if not slips:
                return Permission(allowed=True)
            if len(slips) == 1 and near is None:
                near = NearGrant(grant, *slips[0])
        for grant in self._by_namespace.get(None, ()):
            if compatible(grant.namespace, reference.namespace) and not _slips(grant, reference, referrer):
                return Permission(None, near)
        for grant in self._by_namespace.get(reference.source.namespace, ()):
            if near is None and not _slips(grant, reference, referrer):
                near = NearGrant(grant, "namespace", grant.place("metadata", "namespace"))
        return Permission(allowed=False, near=near)

    def refusal(self, backend: BackendRef, route: Route) -> Permission | None:
        """Why a backend of a route is surely not permitted; None where it is, or may be.

        In a partial world somebody else may keep the grants of the other namespace: only where the target itself or some
        grant of that namespace is here is a missing one believed. Mesh routes, whose parents are Services, need none
        (GEP-1294), and a route without parents may become one.
        """
        reference = backend.reference
        if (
            not backend.is_specified
            or not reference.crosses
            or not _has_gateway(route)
            or self._may_move(route, reference.namespace)
        ):
            return None
        return self.refused(reference)

    def refused(self, reference: Reference) -> Permission | None:
        """Why a reference into another namespace is surely not permitted to the object that it stands in; None where it is, or
        may be."""
        found = self.permission(reference, reference.source.identity)
        if found.allowed is not False:
            return None
        return found if self._unit.complete or self._is_kept_here(reference) else None

    def _is_kept_here(self, reference: Reference) -> bool:
        if self._openness.is_open(reference.source.folder, reference.namespace):
            return False
        if any(grant.namespace == reference.namespace for grant in self._unit.all("ReferenceGrant")):
            return True
        return any(one.namespace == reference.namespace for one in self._unit.named(reference.target, reference.name))

    def _may_move(self, route: Route, target: str | None) -> bool:
        """A kustomization that is not rendered puts the route into the target's namespace."""
        including = self._unit.layout.including(route.manifest.path)
        namespaces = (name_text(one.node.get("namespace")) for one in including)
        return any(name is not None and compatible(name, target) for name in namespaces)


def _has_gateway(route: Route) -> bool:
    return any(parent.reference.target.kind != "Service" for parent in route.parents)


_Slip: TypeAlias = "tuple[str, Node]"


def _slips(grant: ReferenceGrant, reference: Reference, referrer: GroupKind) -> list[_Slip]:
    """What keeps a grant from speaking of this reference, its own namespace aside: of the entries that fit best."""
    namespace = reference.source.namespace or ""
    sources = [
        _differing(
            "from",
            entry.node,
            group=entry.group == referrer.group,
            kind=entry.kind == referrer.kind,
            namespace=may_equal(entry.namespace, namespace),
        )
        for entry in grant.sources
    ]
    targets = [
        _differing(
            "to",
            entry.node,
            group=entry.group == reference.target.group,
            kind=entry.kind == reference.target.kind,
            name=not entry.name or may_equal(entry.name, reference.name),
        )
        for entry in grant.targets
    ]
    nothing: list[_Slip] = [("empty", grant.manifest.name_node)] * 2
    return [*min(sources, key=len, default=nothing), *min(targets, key=len, default=nothing)]


def _differing(side: str, entry: Mapping, **fields: bool) -> list[_Slip]:
    return [(f"{side}-{field}", present(entry.get(field)) or entry) for field, equal in fields.items() if not equal]

"""What ReferenceGrants permit.

Source: gateway-api `apis/v1/referencegrant_types.go`. All texts are compared exactly; from and to are OR-ed and cross-multiplied.
"""

from __future__ import annotations

from dataclasses import dataclass

from kubelint_lb.model.gateway import ReferenceGrant
from kubelint_lb.model.kinds import GroupKind
from kubelint_lb.model.references import Reference
from kubelint_lb.model.unit import Unit
from kubelint_lb.source.placeholder import may_equal


@dataclass(frozen=True, slots=True)
class NearGrant:
    """A grant that nearly permits: `why` is namespace, from-kind, from-group, from-namespace, to-kind or to-name."""

    grant: ReferenceGrant
    why: str


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether a reference into another namespace is permitted; None where a grant's namespace is not known."""

    allowed: bool | None
    near: NearGrant | None = None


def permission(reference: Reference, referrer: GroupKind, unit: Unit) -> Permission:
    """Looks for a grant in the target's namespace that lets this referrer in."""
    near: NearGrant | None = None
    unsure = False
    for view in unit.all("ReferenceGrant"):
        if not isinstance(view, ReferenceGrant):
            continue
        why = _refusal(view, reference, referrer)
        if why is None:
            if view.namespace == reference.namespace:
                return Permission(allowed=True)
            if view.namespace is None or may_equal(view.namespace, reference.namespace or ""):
                unsure = True
            elif view.namespace == reference.source.namespace:
                near = near or NearGrant(view, "namespace")
        elif view.namespace == reference.namespace:
            near = near or NearGrant(view, why)
    return Permission(None if unsure else False, near)


def _refusal(grant: ReferenceGrant, reference: Reference, referrer: GroupKind) -> str | None:
    """Why a grant does not speak of this reference, its own namespace aside; None where it does."""
    namespace = reference.source.namespace or ""
    reasons = []
    for source in grant.sources:
        if source.kind != referrer.kind:
            reasons.append("from-kind")
        elif source.group != referrer.group:
            reasons.append("from-group")
        elif not may_equal(source.namespace, namespace):
            reasons.append("from-namespace")
        else:
            break
    else:
        return reasons[-1] if reasons else "from-kind"
    kinds = [to for to in grant.targets if (to.group, to.kind) == reference.target]
    if not kinds:
        return "to-kind"
    return None if any(not to.name or may_equal(to.name, reference.name) for to in kinds) else "to-name"

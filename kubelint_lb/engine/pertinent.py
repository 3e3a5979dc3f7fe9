"""Which rules are worth running over which objects when a run is about some files only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from kubelint_lb.catalogue.outline import Outline
from kubelint_lb.kube.kinds import CUSTOM, VENDOR_KINDS, GroupKind, expand
from kubelint_lb.render.origin import RenderedDocument

if TYPE_CHECKING:
    from kubelint_lb.deploy.former import FormerObjects
    from kubelint_lb.deploy.plan import Plan
    from kubelint_lb.deploy.scope import Scope
    from kubelint_lb.kube.manifest import Manifest
    from kubelint_lb.traffic.world import World

# Rules of these kinds look at every object or document, wherever they start.
_EVERYTHING = frozenset({"Any", "Document"})
_Identity: TypeAlias = "tuple[GroupKind, str | None, str]"


class Pertinent:
    """What a run about some files has to look at.

    The places of a finding lie in the object that its rule looked at and in objects of kinds that the rule looks up. So a rule
    runs over every object where it looks up a kind that was asked for, and else only over what was asked for; a commit to one
    file touches few kinds. What was rendered may point anywhere, and counts as asked for. So do objects of the same identity
    elsewhere: their findings are told apart by their order.
    """

    def __init__(self, scope: Scope, plan: Plan, worlds: Sequence[World], former: FormerObjects | None) -> None:
        self._everything = scope.is_whole
        if self._everything:
            return
        self._holds, self._touched = scope.holds, plan.touched
        asked = list(self._asked(plan.touched_units, worlds))
        self._identities: frozenset[_Identity] = frozenset(map(_identity, asked))
        self._kinds = _kinds(asked, former)

    def rules(self, outlines: Sequence[Outline]) -> Sequence[Outline]:
        """The rules that may find something."""
        if self._everything:
            return outlines
        kinds = self._kinds
        return [one for one in outlines if not (_EVERYTHING | kinds).isdisjoint(expand((*one.kinds, *one.needs)))]

    def narrow(self, outlines: Sequence[Outline]) -> frozenset[str]:
        """The names of those rules whose findings about other objects than those asked for concern nobody."""
        if self._everything:
            return frozenset()
        kinds = _EVERYTHING | self._kinds
        return frozenset(one.name for one in outlines if one.own and kinds.isdisjoint(expand(one.needs)))

    def asks_for(self, manifest: Manifest) -> bool:
        """Whether every rule has to look at an object."""
        return self._everything or self._is_asked(manifest) or _identity(manifest) in self._identities

    def _asked(self, units: Collection[str], worlds: Sequence[World]) -> Iterator[Manifest]:
        for one in worlds:
            whole = one.objects.name in units
            yield from (manifest for manifest in one.objects.manifests if whole or self._is_asked(manifest))

    def _is_asked(self, manifest: Manifest) -> bool:
        path = manifest.path
        return path in self._touched or self._holds(path) or isinstance(manifest.node.document, RenderedDocument)


def _kinds(asked: Sequence[Manifest], former: FormerObjects | None) -> frozenset[str | None]:
    """The kinds of what was asked for, and of what the change under review removed."""
    kinds: set[str | None] = {one.view_name or CUSTOM for one in asked}
    kinds |= {CUSTOM} if kinds & VENDOR_KINDS else set()
    return frozenset(kinds | (former.kinds if former is not None else set()))


def _identity(manifest: Manifest) -> _Identity:
    return manifest.identity, manifest.namespace, manifest.name

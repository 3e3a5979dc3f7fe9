"""How a tree was understood, for people: its units, how their objects were had, and what was left out of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.deploy.skipped import Skipped
from kubelint_lb.deploy.unit import Found, Unit
from kubelint_lb.deploy.unit_info import NOT_RENDERED, Absent, AppliedBy, UnitInfo
from kubelint_lb.source.place import Location

if TYPE_CHECKING:
    from kubelint_lb.deploy.kustomize.overlays import Overlay
    from kubelint_lb.deploy.plan import Plan
    from kubelint_lb.deploy.scope import Scope
    from kubelint_lb.deploy.tree import Tree
    from kubelint_lb.settings.settings import Settings


_RENDERED = {Found.RENDERED: "by another tool"}
_FROM_CHARTS = frozenset({Found.CHART, Found.HELM_RELEASE, Found.APPLICATION})


class Survey(NamedTuple):
    """The units of a tree, the files that were skipped, and sentences for standard error."""

    units: tuple[UnitInfo, ...]
    skipped: tuple[Skipped, ...]
    notices: tuple[str, ...]


def survey_of(tree: Tree, plan: Plan, scope: Scope, settings: Settings) -> Survey:
    """What a division of a tree says."""
    overlays = {one.name: one for one in plan.overlays if one.resolved}
    charts = {one.name: one for one in plan.charts}
    units = []
    for unit in plan.units:
        if unit.found is Found.KUSTOMIZATION:
            info = _overlay(overlays[unit.name], _kinds(unit))
        elif unit.found in _FROM_CHARTS:
            info = charts[unit.name]._replace(kinds=_kinds(unit))
        else:
            info = UnitInfo(unit.name, unit.found, _RENDERED.get(unit.found, "as written"), _kinds(unit))
        units.append(info._replace(clusters=tuple(sorted(one.name for one in unit.clusters))))
    names = {one.name for one in units}
    units += [_overlay(one, {}) for one in plan.overlays if not one.resolved or one.name not in names]
    units += [one for one in plan.charts if one.rendered == NOT_RENDERED]
    skipped = sorted((one for one in tree.skipped if scope.holds(one.path)), key=lambda one: (one.path, one.line))
    return Survey(tuple(units), tuple(skipped), (*settings.notices, *plan.notices))


def _overlay(overlay: Overlay, kinds: Mapping[str, int]) -> UnitInfo:
    absent = tuple(Absent(one.why, Location(one.node.path, one.node.span)) for one in overlay.left_out)
    by = tuple(AppliedBy(one.name, Location(one.node.path, one.node.span)) for one in overlay.closure.applied.by)
    return UnitInfo(overlay.name, Found.KUSTOMIZATION, overlay.how, kinds, absent, overlay.why, applied_by=by)


def _kinds(unit: Unit) -> dict[str, int]:
    """Counts by kind, those that were not parsed too."""
    counted = Counter(_kind_names(unit))
    return {kind: counted[kind] for kind in sorted(counted)}


def _kind_names(unit: Unit) -> Iterable[str]:
    yield from (one.kind for one in unit.manifests)
    yield from (one.identity.kind for one in unit.stubs)

"""Divides what was read into units: those that are configured, kustomizations, and everything else as one plain tree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.engine.read import Tree
from kubelint_lb.model.cluster import Cluster
from kubelint_lb.model.facts import Facts
from kubelint_lb.model.layout import Layout
from kubelint_lb.model.unit import Unit
from kubelint_lb.source.discover import Matcher, matcher

if TYPE_CHECKING:
    from kubelint_lb.engine.overlays import Overlay
    from kubelint_lb.engine.rendering import Rendering
    from kubelint_lb.engine.settings import Settings, UnitSettings
    from kubelint_lb.model.former import FormerObjects

PLAIN = "."


class Division(NamedTuple):
    """The units, and the kustomizations behind them, rendered or not. `notices` are sentences for the user; `touched` are the
    files whose objects a kustomization or patch asked for steers."""

    facts: tuple[Facts, ...]
    overlays: tuple[Overlay, ...] = ()
    notices: tuple[str, ...] = ()
    touched: frozenset[str] = frozenset()


def units_of(tree: Tree, settings: Settings, rendering: Rendering | None = None, former: FormerObjects | None = None) -> Division:
    """The units of a tree: configured ones, kustomizations, then the rest; a file of the former is not in the last.

    Without `rendering`, kustomizations are read file by file. `former`: what the change under review removed.
    """
    overlays = rendering.overlays(tree) if rendering is not None else ()
    waiting = [one for one in overlays if one.resolved]
    taken: set[str] = set()
    units = []
    for configured in settings.units:
        belongs = matcher(configured.match)
        if belongs is not None:
            own = [one for one in waiting if belongs(one.closure.root.path)]
            units.append(_configured(tree, settings, configured, belongs, own, former))
            taken.update(path for path in tree.paths if belongs(path))
            taken.update(path for one in own for path in one.reached)
    resolved = [one for one in waiting if one.closure.root.path not in taken]
    grouped = [_overlay(settings, one, former) for one in resolved]
    reached = {path for one in resolved for path in one.reached}
    made = _prerendered(tree, settings, taken, former)
    grouped += made
    taken |= reached | tree.prerendered
    aside = rendering.aside if rendering is not None else frozenset()
    rest = _rest(tree, settings, taken | aside, former)
    if not taken or rest.manifests or rest.glimpses or not (units or grouped):
        grouped.append(rest)
    if resolved or made:
        Cluster(grouped, (one.closure.root.folder for one in resolved))
    if tree.prerendered:
        from kubelint_lb.engine.prerendered import mark_shown

        mark_shown(tree, units, grouped)
    facts = tuple(_facts(unit, settings) for unit in (*units, *grouped))
    if rendering is None:
        return Division(facts)
    return Division(facts, overlays, rendering.notices, rendering.touched)


def _prerendered(tree: Tree, settings: Settings, taken: Collection[str], former: FormerObjects | None) -> list[Unit]:
    if not tree.prerendered:
        return []
    from kubelint_lb.engine.prerendered import groups

    found = groups((path for path in tree.prerendered if path not in taken), settings.rendered)
    units = [_plain(tree, settings, name, paths.__contains__, former, whole=True) for name, paths in found.items()]
    for unit in units:
        unit.prerendered = True
        unit.layout = Layout({}, frozenset())  # no kustomization or chart of the tree changes it any more
    return [unit for unit in units if unit.manifests or unit.glimpses]


def _configured(
    tree: Tree,
    settings: Settings,
    configured: UnitSettings,
    belongs: Matcher,
    overlays: Sequence[Overlay],
    former: FormerObjects | None,
) -> Unit:
    """The files that it names, and the kustomizations among them as they are rendered."""
    reached = {path for one in overlays for path in one.reached}
    complete = configured.complete
    name = configured.name

    def is_plain(path: str) -> bool:
        return belongs(path) and path not in reached

    plain = _plain(tree, settings, name, is_plain, former, complete=complete, whole=True)
    if not overlays:
        return plain
    return Unit(
        name,
        [*plain.manifests, *(manifest for one in overlays for manifest in one.manifests)],
        tree.layout if plain.manifests else overlays[0].layout,
        complete=plain.complete,
        whole=True,
        external=settings.external,
        unread_folders=plain.unread_folders if plain.manifests else (),
        unread_files=plain.unread_files,
        glimpses=[*plain.glimpses, *(glimpse for one in overlays for glimpse in one.glimpses)],
        left_out=any(one.left_out for one in overlays),
        former=former,
    )


def _rest(tree: Tree, settings: Settings, taken: Iterable[str], former: FormerObjects | None) -> Unit:
    others = frozenset(taken)
    return _plain(tree, settings, PLAIN, lambda path: path not in others, former)


def _plain(
    tree: Tree,
    settings: Settings,
    name: str,
    belongs: Matcher,
    former: FormerObjects | None,
    *,
    complete: bool = False,
    whole: bool = False,
) -> Unit:
    return Unit(
        name,
        [one for one in tree.manifests if belongs(one.path)],
        tree.layout,
        complete=complete or settings.complete,
        whole=whole,
        external=settings.external,
        unread_folders=tree.unread_folders,
        unread_files=tree.unread_files,
        glimpses=[one for one in tree.glimpses if belongs(one.path)],
        former=former,
    )


def _overlay(settings: Settings, overlay: Overlay, former: FormerObjects | None) -> Unit:
    return Unit(
        overlay.name,
        overlay.manifests,
        overlay.layout,
        complete=settings.complete,
        whole=True,
        external=settings.external,
        glimpses=overlay.glimpses,
        left_out=bool(overlay.left_out),
        former=former,
    )


def _facts(unit: Unit, settings: Settings) -> Facts:
    return Facts(
        unit,
        class_controllers=settings.class_controllers,
        default_ingress_class=settings.default_ingress_class,
    )

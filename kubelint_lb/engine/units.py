"""Divides what was read into units: those that are configured, and everything else as one plain tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_lb.engine.read import Tree
from kubelint_lb.model.facts import Facts
from kubelint_lb.model.unit import Unit
from kubelint_lb.source.discover import Matcher, matcher

if TYPE_CHECKING:
    from kubelint_lb.engine.settings import Settings, UnitSettings
    from kubelint_lb.model.former import FormerObjects


def units_of(tree: Tree, settings: Settings, former: FormerObjects | None = None) -> list[Facts]:
    """The units of a tree, configured ones first; a file of a configured unit is in no other plain one.

    `former`: what the change under review removed.
    """
    taken: set[str] = set()
    units = []
    for configured in settings.units:
        belongs = matcher(configured.match)
        if belongs is not None:
            units.append(_unit(tree, settings, configured.name, belongs, configured, former))
            taken.update(path for path in tree.paths if belongs(path))
    if not taken or any(path not in taken for path in tree.paths):
        units.append(_unit(tree, settings, ".", lambda path: path not in taken, None, former))
    return units


def _unit(
    tree: Tree, settings: Settings, name: str, belongs: Matcher, configured: UnitSettings | None, former: FormerObjects | None
) -> Facts:
    complete = settings.complete or (configured is not None and configured.complete)
    unit = Unit(
        name,
        [one for one in tree.manifests if belongs(one.path)],
        tree.layout,
        complete=complete,
        whole=configured is not None,
        external=settings.external,
        unread_folders=tree.unread_folders,
        unread_files=tree.unread_files,
        glimpses=[one for one in tree.glimpses if belongs(one.path)],
        former=former,
    )
    return Facts(
        unit,
        class_controllers=settings.class_controllers,
        default_ingress_class=settings.default_ingress_class,
    )

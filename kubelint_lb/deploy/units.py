"""Divides what was read into units: those that are configured, kustomizations, and everything else as one plain tree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.deploy.carried import Carried, grouped_by_destination
from kubelint_lb.deploy.cluster import Cluster
from kubelint_lb.deploy.cluster_name import CONFIGURED, NOWHERE, ClusterName, Clusters
from kubelint_lb.deploy.clusters import ClusterMap
from kubelint_lb.deploy.layout import Layout
from kubelint_lb.deploy.tree import Tree
from kubelint_lb.deploy.unit import Unit
from kubelint_lb.source.discover import Matcher, matcher
from kubelint_lb.traffic.world import Facts

if TYPE_CHECKING:
    from kubelint_lb.deploy.former import FormerObjects
    from kubelint_lb.deploy.kustomize.overlays import Overlay
    from kubelint_lb.deploy.kustomize.rendering import Rendering
    from kubelint_lb.deploy.survey import UnitInfo
    from kubelint_lb.settings.settings import Settings, UnitSettings

PLAIN = "."


class Division(NamedTuple):
    """What is known of the units (of one in several clusters, several times), and the kustomizations behind them, rendered or
    not. `notices` are sentences for the user; `touched` are the files whose objects a kustomization or patch asked for steers;
    `charts` say how the units of charts were had."""

    facts: tuple[Facts, ...]
    clusters: ClusterMap
    overlays: tuple[Overlay, ...] = ()
    notices: tuple[str, ...] = ()
    touched: frozenset[str] = frozenset()
    charts: tuple[UnitInfo, ...] = ()

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units, once each."""
        return tuple({id(one.unit): one.unit for one in self.facts}.values())

    def units_with(self, path: str) -> tuple[str, ...]:
        """The names of the units that a file is a part of, readable or not."""
        return tuple(one.name for one in self.units if one.files(path)) or (PLAIN,)


def units_of(tree: Tree, settings: Settings, rendering: Rendering | None = None, former: FormerObjects | None = None) -> Division:
    """The units of a tree: configured ones, kustomizations, then the rest; a file of the former is not in the last.

    Without `rendering`, kustomizations are read file by file. `former`: what the change under review removed.
    """
    clusters = ClusterMap(tree, settings)
    overlays = rendering.overlays(tree) if rendering is not None else ()
    clusters.argocd = rendering.argocd if rendering is not None else None
    waiting = [one for one in overlays if one.resolved]
    taken: set[str] = set()
    units = []
    for configured in settings.units:
        belongs = matcher(configured.match)
        if belongs is not None:
            own = [one for one in waiting if belongs(one.closure.root.path)]
            units.append(_configured(tree, settings, configured, belongs, own, former, clusters))
            taken.update(path for path in tree.paths if belongs(path))
            taken.update(path for one in own for path in one.reached)
    resolved = [one for one in waiting if one.closure.root.path not in taken]
    grouped = [_overlay(settings, one, former, clusters.of_overlay(one)) for one in resolved]
    reached = {path for one in resolved for path in one.reached}
    made = _prerendered(tree, settings, taken, former, clusters)
    grouped += made
    taken |= reached | tree.prerendered
    aside = rendering.aside if rendering is not None else frozenset()
    plain = list(_rest(tree, settings, taken | aside, former, clusters))
    grouped += [one for one in plain if one.manifests or one.glimpses] or ([] if units or grouped else plain[-1:])
    if resolved or made or clusters.names:
        joining = (one for one in units if one.clusters and not one.complete)
        Cluster([*joining, *grouped], (one.closure.root.folder for one in resolved), clusters.argocd)
    if tree.prerendered:
        from kubelint_lb.deploy.prerendered import mark_shown

        mark_shown(tree, units, grouped)
    inside = [_inside(one, settings) for one in grouped_by_destination(tree.carried)]
    facts = tuple(one for unit in (*units, *grouped, *inside) for one in clusters.facts(unit))
    if rendering is None:
        return Division(facts, clusters)
    return Division(facts, clusters, overlays, rendering.notices, rendering.touched)


def _inside(carried: Carried, settings: Settings) -> Unit:
    """What an object brings to some cluster: nothing of the tree around it is there, and it is no part of the tree's."""
    manifest = carried.carrier
    unit = Unit(
        f"{manifest.path}: {manifest.title}",
        carried.manifests,
        Layout({}, frozenset()),
        whole=True,
        external=settings.external,
    )
    unit.found = "inside"
    return unit


def _prerendered(
    tree: Tree, settings: Settings, taken: Collection[str], former: FormerObjects | None, clusters: ClusterMap
) -> list[Unit]:
    if not tree.prerendered:
        return []
    from kubelint_lb.deploy.prerendered import groups

    found = groups((path for path in tree.prerendered if path not in taken), settings.rendered)
    units = [_plain(tree, settings, name, paths.__contains__, former, whole=True) for name, paths in found.items()]
    for unit in units:
        unit.prerendered = True
        unit.found = "rendered"
        unit.clusters = clusters.of_files(one.path for one in unit.manifests)
        unit.layout = Layout({}, frozenset())  # no kustomization or chart of the tree changes it any more
    return [unit for unit in units if unit.manifests or unit.glimpses]


def _configured(
    tree: Tree,
    settings: Settings,
    configured: UnitSettings,
    belongs: Matcher,
    overlays: Sequence[Overlay],
    former: FormerObjects | None,
    clusters: ClusterMap,
) -> Unit:
    """The files that it names, and the kustomizations among them as they are rendered."""
    reached = {path for one in overlays for path in one.reached}
    complete = configured.complete
    name = configured.name

    def is_plain(path: str) -> bool:
        return belongs(path) and path not in reached

    landing = clusters.of_files(path for path in tree.paths if belongs(path))
    plain = _plain(tree, settings, name, is_plain, former, complete=complete, whole=True, clusters=landing)
    plain.found = "configured"
    if not overlays:
        return plain
    unit = Unit(
        name,
        [*plain.manifests, *(manifest for one in overlays for manifest in one.manifests)],
        tree.layout if plain.manifests else overlays[0].layout,
        complete=plain.complete,
        whole=True,
        external=settings.external,
        unread_folders=plain.unread_folders if plain.manifests else (),
        unread_files=plain.unread_files,
        glimpses=[*plain.glimpses, *(glimpse for one in overlays for glimpse in one.glimpses)],
        left_out=any(one.lacks_objects for one in overlays),
        former=former,
    )
    unit.clusters = landing
    unit.files = lambda path: belongs(path) or path in reached
    unit.found = "configured"
    return unit


def _rest(
    tree: Tree, settings: Settings, taken: Iterable[str], former: FormerObjects | None, clusters: ClusterMap
) -> Iterator[Unit]:
    """The plain files: those of each configured cluster, then all others."""
    others = frozenset(taken)
    landing = {path: clusters.of_file(path) for path in tree.paths if path not in others} if clusters.names else {}
    for name in clusters.names:
        cluster = ClusterName(CONFIGURED, name)
        own = frozenset(path for path, known in landing.items() if cluster in known)
        yield _plain(tree, settings, name, own.__contains__, former, clusters=frozenset({cluster}))
    yield _plain(tree, settings, PLAIN, lambda path: path not in others and not landing.get(path), former)


def _plain(
    tree: Tree,
    settings: Settings,
    name: str,
    belongs: Matcher,
    former: FormerObjects | None,
    *,
    complete: bool = False,
    whole: bool = False,
    clusters: Clusters = NOWHERE,
) -> Unit:
    unit = Unit(
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
    unit.clusters = clusters
    unit.files = belongs
    return unit


def _overlay(settings: Settings, overlay: Overlay, former: FormerObjects | None, clusters: Clusters) -> Unit:
    unit = Unit(
        overlay.name,
        overlay.manifests,
        overlay.layout,
        complete=settings.complete,
        whole=True,
        external=settings.external,
        glimpses=overlay.glimpses,
        left_out=overlay.lacks_objects,
        former=former,
    )
    unit.clusters = clusters
    unit.files = frozenset(overlay.reached).__contains__
    unit.found = "kustomization"
    return unit

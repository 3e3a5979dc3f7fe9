"""Divides what was read into units: those that are configured, kustomizations, and everything else as one plain tree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kubelint_lb.deploy.carried import Carried, grouped_by_destination
from kubelint_lb.deploy.cluster_name import CONFIGURED, NOWHERE, ClusterName, Clusters
from kubelint_lb.deploy.clusters import ClusterMap
from kubelint_lb.deploy.layout import Layout
from kubelint_lb.deploy.plan import PLAIN, Group, Plan, RenderFailure
from kubelint_lb.deploy.tree import Tree
from kubelint_lb.deploy.unit import Found, Unit
from kubelint_lb.source.discover import Matcher, matcher

if TYPE_CHECKING:
    from kubelint_lb.deploy.former import FormerObjects
    from kubelint_lb.deploy.kustomize.overlays import Overlay
    from kubelint_lb.deploy.kustomize.rendering import Rendering
    from kubelint_lb.settings.settings import Settings, UnitSettings

# No kustomization or chart of the tree changes the objects any more.
_SETTLED = Layout({}, frozenset())


def units_of(tree: Tree, settings: Settings, rendering: Rendering | None = None, former: FormerObjects | None = None) -> Plan:
    """The units of a tree: configured ones, kustomizations, then the rest; a file of the former is not in the last.

    Without `rendering`, kustomizations are read file by file. `former`: what the change under review removed.
    """
    overlays = rendering.overlays(tree) if rendering is not None else ()
    clusters = ClusterMap(tree, settings, rendering.argocd if rendering is not None else None)
    parts = _Parts(tree, settings, former, clusters)
    waiting = [one for one in overlays if one.resolved]
    taken: set[str] = set()
    units = []
    for configured in settings.units:
        belongs = matcher(configured.match)
        if belongs is not None:
            own = [one for one in waiting if belongs(one.closure.root.path)]
            units.append(parts.configured(configured, belongs, own))
            taken.update(path for path in tree.paths if belongs(path))
            taken.update(path for one in own for path in one.reached)
    resolved = [one for one in waiting if one.closure.root.path not in taken]
    grouped = [parts.overlay(one) for one in resolved]
    reached = {path for one in resolved for path in one.reached}
    made = parts.prerendered(taken)
    grouped += made
    taken |= reached | tree.prerendered
    aside = rendering.aside if rendering is not None else frozenset()
    plain = list(parts.rest(taken | aside))
    grouped += [one for one in plain if not one.is_empty] or ([] if units or grouped else plain[-1:])
    groups: tuple[Group, ...] = ()
    if resolved or made or clusters.names:
        joining = (one for one in units if one.clusters and not one.complete)
        folders = frozenset(one.closure.root.folder for one in resolved)
        groups = (Group((*joining, *grouped), folders, clusters.argocd),)
    if tree.prerendered:
        from kubelint_lb.deploy.prerendered import mark_shown

        mark_shown(tree, (*units, *grouped), [unit for group in groups for unit in group.units])
    inside = (_inside(one, settings) for one in grouped_by_destination(tree.carried))
    landed = tuple(one for unit in (*units, *grouped, *inside) for one in clusters.landed(unit))
    plan = Plan(landed, clusters, groups)
    return plan if rendering is None else _with_overlays(plan, rendering, overlays)


def _with_overlays(plan: Plan, rendering: Rendering, overlays: tuple[Overlay, ...]) -> Plan:
    failures = tuple(RenderFailure(one.name, *one.failure) for one in overlays if one.failure is not None)
    return plan._replace(overlays=overlays, failures=failures, notices=rendering.notices, touched=rendering.touched)


class _Parts:
    """Makes units of parts of a tree."""

    def __init__(self, tree: Tree, settings: Settings, former: FormerObjects | None, clusters: ClusterMap) -> None:
        self._tree = tree
        self._settings = settings
        self._former = former
        self._clusters = clusters

    def configured(self, configured: UnitSettings, belongs: Matcher, overlays: Sequence[Overlay]) -> Unit:
        """The files that it names, and the kustomizations among them as they are rendered."""
        tree, settings = self._tree, self._settings
        reached = {path for one in overlays for path in one.reached}

        def is_plain(path: str) -> bool:
            return belongs(path) and path not in reached

        manifests = [one for one in tree.manifests if is_plain(one.path)]
        bare = overlays and not manifests
        return Unit(
            configured.name,
            (*manifests, *(manifest for one in overlays for manifest in one.manifests)),
            _SETTLED if bare else tree.layout,
            Found.CONFIGURED,
            complete=configured.complete or settings.complete,
            whole=True,
            external=tuple(settings.external),
            unread_folders=frozenset() if bare else frozenset(tree.unread_folders),
            unread_files=frozenset(tree.unread_files),
            stubs=(
                *(one for one in tree.stubs if is_plain(one.path)),
                *(stub for one in overlays for stub in one.stubs),
            ),
            left_out=any(one.lacks_objects for one in overlays),
            former=self._former,
            clusters=self._clusters.of_files(path for path in tree.paths if belongs(path)),
            files=lambda path: belongs(path) or path in reached,
        )

    def overlay(self, overlay: Overlay) -> Unit:
        """A kustomization whose objects are known as they will be applied."""
        return Unit(
            overlay.name,
            tuple(overlay.manifests),
            _SETTLED,
            Found.KUSTOMIZATION,
            complete=self._settings.complete,
            whole=True,
            external=tuple(self._settings.external),
            stubs=tuple(overlay.stubs),
            left_out=overlay.lacks_objects,
            former=self._former,
            clusters=self._clusters.of_overlay(overlay),
            files=frozenset(overlay.reached).__contains__,
        )

    def prerendered(self, taken: Collection[str]) -> list[Unit]:
        """What another tool rendered, a unit for each folder of it."""
        if not self._tree.prerendered:
            return []
        from kubelint_lb.deploy.prerendered import groups

        found = groups((path for path in self._tree.prerendered if path not in taken), self._settings.rendered)
        units = (self._plain(name, paths.__contains__, Found.RENDERED) for name, paths in found.items())
        return [unit for unit in units if not unit.is_empty]

    def rest(self, taken: Iterable[str]) -> Iterator[Unit]:
        """The plain files: those of each configured cluster, then all others."""
        others = frozenset(taken)
        clusters = self._clusters
        landing = {path: clusters.of_file(path) for path in self._tree.paths if path not in others} if clusters.names else {}
        for name in clusters.names:
            cluster = ClusterName(CONFIGURED, name)
            own = frozenset(path for path, known in landing.items() if cluster in known)
            yield self._plain(name, own.__contains__, clusters=frozenset({cluster}))
        yield self._plain(PLAIN, lambda path: path not in others and not landing.get(path))

    def _plain(self, name: str, belongs: Matcher, found: Found = Found.PLAIN, clusters: Clusters = NOWHERE) -> Unit:
        tree, rendered = self._tree, found is Found.RENDERED
        manifests = tuple(one for one in tree.manifests if belongs(one.path))
        return Unit(
            name,
            manifests,
            _SETTLED if rendered else tree.layout,
            found,
            complete=self._settings.complete,
            whole=rendered,
            external=tuple(self._settings.external),
            unread_folders=frozenset(tree.unread_folders),
            unread_files=frozenset(tree.unread_files),
            stubs=tuple(one for one in tree.stubs if belongs(one.path)),
            former=self._former,
            clusters=self._clusters.of_files(one.path for one in manifests) if rendered else clusters,
            files=belongs,
            prerendered=rendered,
        )


def _inside(carried: Carried, settings: Settings) -> Unit:
    """What an object brings to some cluster: nothing of the tree around it is there, and it is no part of the tree's."""
    manifest = carried.carrier
    name = f"{manifest.path}: {manifest.title}"
    return Unit(name, carried.manifests, _SETTLED, Found.INSIDE, whole=True, external=tuple(settings.external))

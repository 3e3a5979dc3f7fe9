"""Which clusters the units of a run land in, and what the configuration says of those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.deploy.cluster_name import CONFIGURED, NOWHERE, ClusterName, Clusters
from kubelint_lb.deploy.landed import Landed
from kubelint_lb.kube.versions import Target, Version
from kubelint_lb.source.discover import Matcher, matcher

if TYPE_CHECKING:
    from kubelint_lb.deploy.argocd.applied import ArgoCD
    from kubelint_lb.deploy.kustomize.overlays import Overlay
    from kubelint_lb.deploy.tree import Tree
    from kubelint_lb.deploy.unit import Unit
    from kubelint_lb.settings.settings import ClusterSettings, Settings


class _Configured(NamedTuple):
    """A cluster of the configuration, and what it is said to hold."""

    settings: ClusterSettings
    belongs: Matcher


class ClusterMap:
    """The clusters of files and units: those of the configuration; if it names none, those that Flux syncs."""

    def __init__(self, tree: Tree, settings: Settings, argocd: ArgoCD | None = None) -> None:
        self._settings = settings
        pairs = ((one, matcher(one.match)) for one in settings.clusters)
        self._configured = [_Configured(one, belongs) for one, belongs in pairs if belongs is not None]
        self._landing = None
        # What Argo CD applies; None where it applies nothing, or nothing is rendered.
        self.argocd = argocd
        if tree.has_kustomizations:
            from kubelint_lb.deploy.landing import Landing

            self._landing = Landing(tree.manifests, tree.layout, self.of_file if self._configured else None)

    @property
    def names(self) -> list[str]:
        """The clusters of the configuration, in its order."""
        return [one.settings.name for one in self._configured]

    def of_file(self, path: str) -> Clusters:
        """The configured clusters that a file is said to land in."""
        return frozenset(ClusterName(CONFIGURED, one.settings.name) for one in self._configured if one.belongs(path))

    def of_files(self, paths: Iterable[str]) -> Clusters:
        """The configured clusters that all of some files land in."""
        if not self._configured:
            return NOWHERE
        found = [self.of_file(path) for path in paths]
        return found[0].intersection(*found) if found else NOWHERE

    def of_overlay(self, overlay: Overlay) -> Clusters:
        """Where a kustomization lands: where its own file does, or where Flux or Argo CD applies it to."""
        root = overlay.closure.root
        by = overlay.closure.applied.by
        by_flux = self._landing.of_appliers(one.node for one in by) if self._landing is not None else NOWHERE
        by_argocd = self.argocd.clusters(by) if self.argocd is not None else NOWHERE
        return self.of_file(root.path) | by_flux | by_argocd

    def kubernetes(self, clusters: Clusters) -> Version:
        """The version of the first of some clusters that says one, else the run's."""
        names = {one.name for one in clusters if one.told_by == CONFIGURED}
        said = (one.settings.kubernetes_version for one in self._configured if one.settings.name in names)
        return next(filter(None, said), self._settings.kubernetes_version)

    def landed(self, unit: Unit) -> Iterator[Landed]:
        """A unit, once for each kind of cluster that it lands in."""
        names = {one.name for one in unit.clusters if one.told_by == CONFIGURED}
        known = [one.settings for one in self._configured if one.settings.name in names]
        settings = self._settings
        done = []
        for cluster in known or (None,):
            said = (_target(settings, cluster), {**settings.class_controllers, **(cluster.class_controllers if cluster else {})})
            if said not in done:
                done.append(said)
                target, class_controllers = said
                yield Landed(unit, target, class_controllers, settings.default_ingress_class)


def _target(settings: Settings, cluster: ClusterSettings | None) -> Target:
    """What a cluster says of itself; the rest as for the whole run."""
    kubernetes = cluster.kubernetes_version if cluster is not None else None
    gateway_api = cluster.gateway_api_version if cluster is not None else None
    channel = cluster.gateway_api_channel if cluster is not None else None
    return Target(
        kubernetes or settings.kubernetes_version,
        gateway_api or settings.gateway_api_version,
        channel or settings.gateway_api_channel,
        settings.kubernetes_version_set or kubernetes is not None,
    )

"""Which clusters objects land in, as far as somebody says so: the configuration, or where Flux syncs from.

Source: Flux bootstrap makes one Kustomization named `flux-system` for each cluster, whose `spec.path` holds the cluster's
other Kustomizations and its own file; flux-operator's FluxInstance says the same in `spec.sync.path`. What a Kustomization
with `spec.kubeConfig` applies lands in the cluster of that secret.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from kubelint_lb.deploy.cluster_name import FLUX, NOWHERE, ClusterName, Clusters
from kubelint_lb.deploy.flux.kustomizations import applied_folder, place_of
from kubelint_lb.deploy.layout import Layout
from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.values import name_text, present
from kubelint_lb.source.folders import parent
from kubelint_lb.source.node import Node
from kubelint_lb.source.placeholder import has_placeholder

_INSTANCE = KINDS["FluxInstance"]
_BOOTSTRAPPED = "flux-system"


class Landing:
    """Where Flux Kustomizations put what they apply, followed from the clusters that are known to sync them.

    `configured` tells the clusters of a file by the configuration; None: there are none in it, and Flux' own word counts.
    """

    def __init__(
        self, manifests: Iterable[Manifest], layout: Layout, configured: Callable[[str], Clusters] | None = None
    ) -> None:
        self._layout = layout
        self._configured = configured
        self._appliers: dict[str, list[Manifest]] = defaultdict(list)
        self._homes: dict[int, set[ClusterName]] = defaultdict(set)
        self._asking: dict[int, Manifest] = {}
        synced: set[str] = set()
        for manifest in manifests:
            folder = applied_folder(manifest)
            if folder is not None:
                self._asking[id(place_of(manifest))] = manifest
            if folder is not None and manifest.identity == _INSTANCE:
                synced.add(folder)
            elif folder is not None:
                self._appliers[folder].append(manifest)
        self._synced = sorted(synced)
        self._known = {*self._appliers, *self._synced}
        self._within: dict[str, list[Manifest]] = defaultdict(list)
        for manifest in (one for ones in self._appliers.values() for one in ones):
            for folder in self._folders_that_apply(manifest.path):
                self._within[folder].append(manifest)
        self._follow()

    def of(self, manifest: Manifest) -> Clusters:
        """The clusters that a Flux Kustomization or FluxInstance applies its path to; none where that is not known."""
        if manifest.identity == _INSTANCE:
            return NOWHERE if self._configured is not None else frozenset({ClusterName(FLUX, applied_folder(manifest) or ".")})
        remote = present(manifest.node.get("spec", "kubeConfig"))
        if remote is None:
            return frozenset(self._homes.get(id(manifest), ()))
        name = name_text(remote.get("secretRef", "name")) or name_text(remote.get("configMapRef", "name"))
        if self._configured is not None or not name or has_placeholder(name):
            return NOWHERE
        return frozenset({ClusterName(FLUX, f"kubeconfig {name}")})

    def of_appliers(self, places: Iterable[Node]) -> Clusters:
        """The clusters that those of Flux among some appliers, known by where they ask for their folder, apply it to; none
        where one of these is not known."""
        found = [self.of(self._asking[id(place)]) for place in places if id(place) in self._asking]
        return NOWHERE.union(*found) if all(found) else NOWHERE

    def _follow(self) -> None:
        """Hands each cluster down from what syncs it."""
        waiting = [(one, cluster) for ones in self._appliers.values() for one in ones for cluster in self._told(one)]
        if self._configured is None:
            for folder in self._synced:
                waiting += ((one, ClusterName(FLUX, folder or ".")) for one in self._within.get(folder, ()))
        while waiting:
            one, cluster = waiting.pop()
            if cluster not in self._homes[id(one)]:
                self._homes[id(one)].add(cluster)
                if present(one.node.get("spec", "kubeConfig")) is None:
                    waiting += ((below, cluster) for below in self._within.get(applied_folder(one) or "", ()))

    def _told(self, manifest: Manifest) -> Iterator[ClusterName]:
        """The clusters that a Kustomization is in as its own file shows."""
        if self._configured is not None:
            yield from self._configured(manifest.path)
        elif manifest.name == _BOOTSTRAPPED:
            folder = applied_folder(manifest)
            if folder is not None and any(one is manifest for one in self._within.get(folder, ())):
                yield ClusterName(FLUX, folder or ".")

    def _folders_that_apply(self, path: str) -> Iterator[str]:
        """The applied folders that a file is a part of: their kustomization includes it, or they have none and hold it."""
        including = {one.folder for one in self._layout.including(path)}
        yield from (folder for folder in sorted(including) if folder in self._known)
        folder = path
        while folder:
            folder = parent(folder)
            if folder in self._known and folder not in self._layout.kustomizations:
                yield folder

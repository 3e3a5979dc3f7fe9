"""Which namespaces and folders hold objects that git does not show here: misses there are unknown, never missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kubelint_lb.deploy.flux.kustomizations import applied_folder
from kubelint_lb.kube.kinds import view_name
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.stubs import ObjectStub
from kubelint_lb.kube.values import name_text
from kubelint_lb.source.folders import are_neighbours
from kubelint_lb.source.placeholder import is_open
from kubelint_lb.traffic.objects import Objects

# Groups of custom resources that make no Services: the name of one says nothing about a missing Service.
_INERT_GROUPS = frozenset(
    {
        "argoproj.io",
        "bitnami.com",
        "cert-manager.io",
        "cilium.io",
        "cloud.google.com",
        "configuration.konghq.com",
        "constraints.gatekeeper.sh",
        "crd.projectcalico.org",
        "dashboard.grafana.com",
        "external-secrets.io",
        "gateway.envoyproxy.io",
        "gateway.networking.x-k8s.io",
        "haproxy.org",
        "keda.sh",
        "kind.x-k8s.io",
        "kyverno.io",
        "metallb.io",
        "monitoring.coreos.com",
        "monitoring.googleapis.com",
        "multicluster.x-k8s.io",
        "net.gke.io",
        "networking.gke.io",
        "networking.istio.io",
        "networking.x-k8s.io",
        "operator.victoriametrics.com",
        "projectcontour.io",
        "security.istio.io",
        "templates.gatekeeper.sh",
        "toolkit.fluxcd.io",
        "traefik.containo.us",
        "traefik.io",
    }
)
# Kubernetes' own groups, beside those without a dot; operators have theirs below `x-k8s.io` at most.
_KUBERNETES = ".k8s.io"
# k3s' charts, and platforms that make Services and routes of their own.
_OPENING_GROUPS = frozenset({"helm.cattle.io", "serving.knative.dev", "serving.kserve.io"})
_OPENERS = ("HelmRelease", "Application", "ApplicationSet")


class Opener(NamedTuple):
    """Something that brings unseen objects: into a namespace, or (without one) into its own folder."""

    folder: str
    namespace: str | None


class Openness:
    """What fills a unit from outside."""

    def __init__(self, unit: Objects) -> None:
        self._unit = unit
        self._cache: dict[tuple[str, str | None], bool] = {}
        self._shared: _Shared = unit.cluster.shared(unit, _Shared)

    def is_open(self, folder: str, namespace: str | None) -> bool:
        """Unseen objects may land where an object of this folder looks in this namespace."""
        return self.may_hold_more(folder) or self.is_filled(folder, namespace)

    def may_hold_more(self, folder: str) -> bool:
        """What lies in or around a folder may hold objects that were not read: a file that could not be, a chart."""
        return folder in self._unit.unread_folders or self._unit.layout.chart_folders_near(folder)

    def is_filled(self, folder: str, namespace: str | None) -> bool:
        """Something brings objects from outside to where an object of this folder looks in this namespace."""
        key = (folder, namespace)
        if key not in self._cache:
            self._cache[key] = self._is_filled(folder, namespace)
        return self._cache[key]

    def _is_filled(self, folder: str, namespace: str | None) -> bool:
        if self._unit.left_out or folder in self._unit.layout.remote_folders:
            return True
        if namespace is not None and any(compatible(namespace, name) for name in self._shared.named):
            return True
        for opener_folder, openers in self._shared.folders.items():
            if opener_folder == folder or (
                namespace is None
                and are_neighbours(folder, opener_folder)
                and any(compatible(namespace, opener.namespace) for opener in openers)
            ):
                return True
        return False

    def made_by_operator(self, name: str, namespace: str | None) -> bool:
        """Some resource of a kind the model does not know has this name, or a prefix of it that ends at `-`."""
        parts = name.split("-")
        for end in range(len(parts), 0, -1):
            for other in self._shared.operators.get("-".join(parts[:end]), ()):
                if compatible(namespace, other.namespace):
                    return True
        return False


class _Shared:
    """What units that land in one cluster know together: what fills one of them fills the cluster's namespaces."""

    def __init__(self, units: Sequence[Objects]) -> None:
        openers = [opener for unit in units for opener in _openers(unit)]
        self.named = {opener.namespace for opener in openers if opener.namespace is not None}
        for unit in units:
            if unit.left_out:  # what is not rendered lands where the rest of its unit does
                self.named.update(one.namespace for one in unit.manifests if one.namespace is not None)
        self.folders: dict[str, list[Opener]] = defaultdict(list)
        for opener in dict.fromkeys(openers):
            self.folders[opener.folder].append(opener)
        self.operators: dict[str, list[Manifest | ObjectStub]] = defaultdict(list)
        for unit in units:
            for one in _operators(unit):
                self.operators[one.name].append(one)


def _openers(unit: Objects) -> Iterator[Opener]:
    for view in unit.all(*_OPENERS):
        manifest = view.manifest
        if manifest.shown:
            continue
        if manifest.view_name != "HelmRelease" and unit.cluster.argocd is not None:
            for opened in unit.cluster.argocd.opened(manifest):
                yield Opener(manifest.folder, opened)
            continue
        if manifest.view_name == "HelmRelease":
            namespace = name_text(view.at("spec", "targetNamespace")) or manifest.namespace
        elif manifest.view_name == "Application":
            namespace = name_text(view.at("spec", "destination", "namespace"))
        else:
            namespace = name_text(view.at("spec", "template", "spec", "destination", "namespace"))
        if namespace is not None and is_open(namespace):
            namespace = None
        yield Opener(manifest.folder, namespace)
    known = unit.cluster.folders
    for view in unit.all("FluxKustomization"):
        if applied_folder(view.manifest) not in known:
            yield from _flux(view.manifest)
    for manifest in unit.manifests:
        if manifest.identity.group in _OPENING_GROUPS:
            namespace = name_text(manifest.node.get("spec", "targetNamespace")) or manifest.namespace
            yield Opener(manifest.folder, namespace)


def _flux(manifest: Manifest) -> Iterator[Opener]:
    """What a Flux Kustomization applies from its path is not rendered here: its target namespace gets more objects."""
    namespace = name_text(manifest.node.get("spec", "targetNamespace"))
    if namespace is not None and not is_open(namespace):
        yield Opener(manifest.folder, namespace)


def _is_inert(group: str) -> bool:
    """The group, or a domain above it, makes no Services. A group of custom resources has a dot (API server: validation of
    CustomResourceDefinition); others are Kubernetes' own or files of some tool (`skaffold/v4`)."""
    if "." not in group or group.endswith(_KUBERNETES):
        return True
    labels = group.split(".")
    return any(".".join(labels[start:]) in _INERT_GROUPS for start in range(len(labels)))


def _operators(unit: Objects) -> Iterator[Manifest | ObjectStub]:
    """Objects of kinds the model does not know: operators make Services of their names."""
    everything: tuple[Manifest | ObjectStub, ...] = (*unit.manifests, *unit.stubs)
    for one in everything:
        group = one.identity.group
        known = one.view_name if isinstance(one, Manifest) else view_name(one.identity)
        if group and one.name and known is None and not _is_inert(group):
            yield one

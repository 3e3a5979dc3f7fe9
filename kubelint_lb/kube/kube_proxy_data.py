"""KubeProxyConfiguration inside other objects, with places in the file: in the data of a ConfigMap (kubeadm's
`kube-system/kube-proxy`), and in the patches for kubeadm of a cluster that kind makes."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.values import items, mappings
from kubelint_lb.source.embedded import embedded_documents
from kubelint_lb.source.node import Mapping, Node, Scalar

_KIND_GROUP = "kind.x-k8s.io"
# The objects that may hold one.
HOLDERS = frozenset({"ConfigMap", "Cluster"})
_KIND = "KubeProxyConfiguration"
_API_VERSION = "kubeproxy.config.k8s.io/v1alpha1"
_PATCHES = "kubeadmConfigPatches"


def embedded_manifests(holder: Manifest) -> Iterator[Manifest]:
    """The KubeProxyConfiguration objects that a ConfigMap's values, or the patches of kind's Cluster, hold as text."""
    for value in _texts(holder):
        if not isinstance(value, Scalar) or _KIND not in value.text:
            continue
        for document in embedded_documents(value):
            root = document.root
            if isinstance(root, Mapping) and isinstance(kind := root.get("kind"), Scalar) and kind.text == _KIND:
                api_version = root.get("apiVersion")
                written = api_version.text if isinstance(api_version, Scalar) else ""
                if not written and holder.kind == "ConfigMap":
                    continue
                yield _manifest(root, written or _API_VERSION, holder)


def _texts(holder: Manifest) -> Iterator[Node]:
    if holder.identity.group == _KIND_GROUP:
        yield from items(holder.node.get(_PATCHES))
        for node in mappings(holder.node.get("nodes")):
            yield from items(node.get(_PATCHES))
    elif isinstance(data := holder.node.get("data"), Mapping):
        yield from data.entries.values()


def _manifest(root: Mapping, api_version: str, holder: Manifest) -> Manifest:
    manifest = Manifest(root, api_version, _KIND, holder.path)
    manifest.name = manifest.name or holder.name
    manifest.namespace = manifest.namespace or holder.namespace
    manifest.patched = holder.patched
    manifest.container = holder
    return manifest

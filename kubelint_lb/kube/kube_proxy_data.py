"""KubeProxyConfiguration inside the data of a ConfigMap (kubeadm's `kube-system/kube-proxy`), with places in the file."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.source.embedded import embedded_documents
from kubelint_lb.source.node import Mapping, Scalar


def embedded_manifests(config_map: Manifest) -> Iterator[Manifest]:
    """The KubeProxyConfiguration objects that a ConfigMap's values hold as text."""
    data = config_map.node.get("data")
    if not isinstance(data, Mapping):
        return
    for value in data.entries.values():
        if not isinstance(value, Scalar) or "KubeProxyConfiguration" not in value.text:
            continue
        for document in embedded_documents(value):
            root = document.root
            if isinstance(root, Mapping):
                api_version, kind = root.get("apiVersion"), root.get("kind")
                if isinstance(kind, Scalar) and isinstance(api_version, Scalar) and kind.text == "KubeProxyConfiguration":
                    manifest = Manifest(root, api_version.text, kind.text, config_map.path)
                    manifest.name = manifest.name or config_map.name
                    manifest.namespace = manifest.namespace or config_map.namespace
                    manifest.patched = config_map.patched
                    manifest.container = config_map
                    yield manifest

"""kube-proxy's mode, and whether something else does its work.

Sources: kubernetes kube-proxy `config/v1alpha1/types.go` (ProxyMode), KEP-5343 (the default becomes nftables in 1.40).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kubelint_lb.kube.values import mappings, name_text, present
from kubelint_lb.kube.versions import Version
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Mapping, Node, Scalar
from kubelint_lb.traffic.objects import Objects

IPTABLES, IPVS, NFTABLES, KERNELSPACE = "iptables", "ipvs", "nftables", "kernelspace"
MODES = frozenset({IPTABLES, IPVS, NFTABLES, KERNELSPACE})
NFTABLES_BY_DEFAULT = Version(1, 40)

_VALUE = "kubeProxyReplacement"
_ON = frozenset({"true", "strict"})
_VALUE_LINE = rf"(?m)^{_VALUE}:\s*[\"']?(true|strict)\b"


def written_mode(config: View) -> Scalar | None:
    """The node of `mode`; None where it is absent, empty or no scalar: then the version decides."""
    node = config.at("mode")
    return node if isinstance(node, Scalar) and node.text else None


def mode_in_force(config: View, version: Version) -> str:
    """`mode`, on Linux iptables by default before 1.40 and nftables from then on."""
    node = written_mode(config)
    if node is not None:
        return node.text
    return NFTABLES if version >= NFTABLES_BY_DEFAULT else IPTABLES


def is_replaced(unit: Objects) -> bool:
    """Cilium does kube-proxy's work (`kubeProxyReplacement`), so its configuration is not in use."""
    return any(_is_on(node) for node in _replacements(unit)) or any(
        re.search(_VALUE_LINE, text) for text in _texts_of_values(unit)
    )


def _is_on(node: Node | None) -> bool:
    return (name_text(node) or "").lower() in _ON


def _replacements(unit: Objects) -> Iterator[Node | None]:
    for view in unit.all("ConfigMap"):
        yield view.at("data", "kube-proxy-replacement")
    for view in unit.all("HelmRelease"):
        yield view.at("spec", "values", _VALUE)
    for helm in _helm_sources(unit):
        yield helm.get("valuesObject", _VALUE)
        for entry in mappings(helm.get("parameters")):
            if name_text(entry.get("name")) == _VALUE:
                yield entry.get("value")


def _texts_of_values(unit: Objects) -> Iterator[str]:
    for helm in _helm_sources(unit):
        node = present(helm.get("values"))
        if isinstance(node, Scalar):
            yield node.text


def _helm_sources(unit: Objects) -> Iterator[Mapping]:
    for view in unit.all("Application"):
        for source in (view.at("spec", "source"), *mappings(view.at("spec", "sources"))):
            helm = source.get("helm") if source is not None else None
            if isinstance(helm, Mapping):
                yield helm

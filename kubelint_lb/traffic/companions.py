"""Which nodes a workload's pods run on, as far as its manifest decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kubelint_lb.kube.labels import label_selector
from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.pod import HOSTNAME_KEY, PodTemplate
from kubelint_lb.kube.values import mappings, name_text, present
from kubelint_lb.kube.workload import Workload
from kubelint_lb.source.node import Mapping
from kubelint_lb.traffic.objects import Objects

# What every node a container image fits on has: no restriction in practice.
_COMMON_KEYS = frozenset({"kubernetes.io/os", "beta.kubernetes.io/os", "kubernetes.io/arch", "beta.kubernetes.io/arch"})
_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"


def on_every_node(workload: Workload) -> bool:
    """One pod on every node, as a DaemonSet without node selector has (taints aside)."""
    return workload.per_node and workload.template is not None and not any(_restrictions(workload.template))


def _restrictions(template: PodTemplate) -> Iterator[str]:
    spec = template.spec
    if spec is None:
        return
    selector = spec.get("nodeSelector")
    keys: Iterable[str] = selector.entries if isinstance(selector, Mapping) else ()
    yield from (key for key in keys if key not in _COMMON_KEYS)
    for term in mappings(spec.get("affinity", "nodeAffinity", _REQUIRED, "nodeSelectorTerms")):
        for entry in mappings(term.get("matchExpressions")):
            key = name_text(entry.get("key")) or ""
            # `NotIn` and `DoesNotExist` keep off special nodes: virtual kubelets, edge machines.
            if key not in _COMMON_KEYS and name_text(entry.get("operator")) not in {"NotIn", "DoesNotExist"}:
                yield key


class Companions:
    """The pods of a unit that must share a node with others."""

    def __init__(self, unit: Objects) -> None:
        self._wanted = [
            (other.namespace, label_selector(selector))
            for other in unit.all("Workload")
            if isinstance(other, Workload) and other.template is not None
            for selector in _companions(other.template)
        ]

    def has(self, workload: Workload) -> bool:
        """Pods are placed beside these on purpose, or these beside others: a required pod affinity on the host name."""
        if workload.template is None or any(_companions(workload.template)):
            return True
        return any(
            wanted is None or wanted.matches(workload.pod_labels) is not False
            for namespace, wanted in self._wanted
            if compatible(namespace, workload.namespace)
        )


def _companions(template: PodTemplate) -> Iterator[Mapping]:
    """The label selectors of the pods that a pod must share a node with."""
    if template.spec is None:
        return
    for term in mappings(template.spec.get("affinity", "podAffinity", _REQUIRED)):
        selector = present(term.get("labelSelector"))
        if name_text(term.get("topologyKey")) == HOSTNAME_KEY and isinstance(selector, Mapping):
            yield selector

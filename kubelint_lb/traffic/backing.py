"""The pods behind a Service, as far as their number and their way to the load balancer matter."""

from __future__ import annotations

from collections.abc import Callable

from kubelint_lb.kube.labels import is_runtime_label
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.values import name_text
from kubelint_lb.kube.workload import Replicas, Workload
from kubelint_lb.traffic.selection import Selection

Group = tuple[Workload, ...]
Counter = Callable[[Workload], Replicas]

_AWS_TYPE = "service.beta.kubernetes.io/aws-load-balancer-type"
_AWS_TARGET = "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type"
# Classes whose implementation sends traffic to pods, not to nodes, unless an annotation says otherwise.
_POD_CLASSES = frozenset({"eks.amazonaws.com/nlb", "networking.gke.io/standalone-passthrough-lb-neg", "tailscale"})
_POD_ANNOTATIONS = {
    "service.beta.kubernetes.io/backend-type": "eni",
    "service.cloud.tencent.com/direct-access": "true",
}
_WEIGHTED = "networking.gke.io/weighted-load-balancing"


def serving(selection: Selection) -> tuple[Group, ...]:
    """The selected workloads that serve for long: Jobs are not looked at."""
    return selection.serving


def sole_workload(selection: Selection) -> Workload | None:
    """The one workload that a Service sends to; None where there are several, alternatives, or none."""
    groups = serving(selection)
    return groups[0][0] if len(groups) == 1 and len(groups[0]) == 1 else None


def takes_all_pods(service: Service, workload: Workload) -> bool:
    """A Service takes every pod of a workload it selects: no pair of its selector is a label that some get at run time."""
    return not any(is_runtime_label(key) and key not in workload.pod_labels for key in service.selector)


def single_pod(service: Service, selection: Selection, count: Counter) -> Workload | None:
    """The workload whose one pod is all that a Service surely has; None where there may be more, or none."""
    groups = serving(selection)
    if len(groups) != 1:
        return None
    for workload in groups[0]:
        replicas = count(workload)
        if not replicas.known or replicas.high != 1 or workload.manifest.patched or not takes_all_pods(service, workload):
            return None
    return groups[0][0]


def reaches_pods(service: Service) -> bool:
    """The load balancer sends traffic to pods, past the node ports: an external traffic policy means nothing to it."""
    target = service.annotations.get(_AWS_TARGET)
    if target is not None:
        return target != "instance"
    if service.annotations.get(_AWS_TYPE) == "nlb-ip":
        return True
    if any(service.annotations.get(name) == value for name, value in _POD_ANNOTATIONS.items()):
        return True
    return name_text(service.at("spec", "loadBalancerClass")) in _POD_CLASSES


def weighs_nodes(service: Service) -> bool:
    """The load balancer gives each node a share by its number of pods (GKE)."""
    return service.annotations.get(_WEIGHTED) == "pods-per-node"

"""Everything with a pod template, and how many pods it may have."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.pod import PodTemplate
from kubelint_lb.kube.values import integer, name_text, present
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Mapping, Node, Scalar

MANY = 1_000_000


class Replicas(NamedTuple):
    """How many pods there may be; MANY for one on each node. `node` says where it is written, `known` is false for a
    placeholder."""

    low: int
    high: int
    node: Node
    known: bool = True


class Workload(View):
    """A Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, Pod, Rollout, or another
    kind with a pod template."""

    def __init__(self, manifest: Manifest, template_path: tuple[str, ...] | None = None) -> None:
        super().__init__(manifest)
        self._template_path = template_path

    @cached_property
    def template(self) -> PodTemplate | None:
        """The pod template; None where there is none (a Rollout that takes another workload's)."""
        path = self._template_path
        if path is None:
            path = _template_path(self.manifest)
        node = self.node.get(*path)
        return PodTemplate(node) if isinstance(node, Mapping) else None

    @cached_property
    def pod_labels(self) -> dict[str, str]:
        """The labels its pods get from the template."""
        return self.template.labels if self.template is not None else {}

    @property
    def per_node(self) -> bool:
        """One pod on every node."""
        return self.kind == "DaemonSet"

    @property
    def runs_to_end(self) -> bool:
        """Pods that finish: they serve no traffic for long."""
        return self.kind in {"Job", "CronJob"}

    @cached_property
    def written_replicas(self) -> Replicas:
        """`spec.replicas`, 1 by default; without a look at autoscalers."""
        if self.per_node:
            return Replicas(MANY, MANY, self.manifest.name_node)
        if self.kind in {"Pod", "VirtualMachineInstance"}:
            return Replicas(1, 1, self.manifest.name_node)
        node = present(self.node.get("spec", "replicas"))
        count = integer(node)
        if node is None:
            return Replicas(1, 1, self.manifest.name_node)
        if count is None:
            return Replicas(1, 1, node, known=not isinstance(node, Scalar))
        return Replicas(count, count, node)


def _template_path(manifest: Manifest) -> tuple[str, ...]:
    match manifest.kind:
        case "Pod":
            return ()
        case "CronJob":
            return ("spec", "jobTemplate", "spec", "template")
        case _:
            return ("spec", "template") if manifest.template_path is None else manifest.template_path


class Autoscaler(View):
    """A HorizontalPodAutoscaler (autoscaling/v2) or KEDA ScaledObject."""

    @property
    def target_kind(self) -> str:
        """The kind it scales; a ScaledObject means a Deployment by default."""
        default = "Deployment" if self.kind == "ScaledObject" else ""
        return name_text(self.at("spec", "scaleTargetRef", "kind")) or default

    @property
    def target_name(self) -> str:
        """The name of what it scales."""
        return name_text(self.at("spec", "scaleTargetRef", "name")) or ""

    @property
    def replicas(self) -> Replicas:
        """The range it scales in. HPA: minReplicas 1; KEDA: minReplicaCount 0, maxReplicaCount 100 by default."""
        keda = self.kind == "ScaledObject"
        low_field, high_field = ("minReplicaCount", "maxReplicaCount") if keda else ("minReplicas", "maxReplicas")
        low, high = integer(self.at("spec", low_field)), integer(self.at("spec", high_field))
        low = (0 if keda else 1) if low is None else low
        written = self.at("spec", high_field)
        known = high is not None or (keda and written is None)
        high = (100 if keda else MANY) if high is None else high
        return Replicas(low, high, written or self.manifest.name_node, known)

"""How many pods a workload may have once autoscalers are counted in."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.values import name_text
from kubelint_lb.kube.workload import Autoscaler, Replicas, Workload
from kubelint_lb.traffic.objects import Objects


class Scaling:
    """The autoscalers of a unit by what they scale."""

    def __init__(self, unit: Objects) -> None:
        self._unit = unit

    @cached_property
    def _by_target(self) -> dict[tuple[str, str], list[Autoscaler]]:
        found: dict[tuple[str, str], list[Autoscaler]] = defaultdict(list)
        for view in self._unit.all("Autoscaler"):
            if isinstance(view, Autoscaler):
                found[view.target_kind, view.target_name].append(view)
        return found

    def autoscaler(self, workload: Workload) -> Autoscaler | None:
        """The autoscaler of a workload, the nearest of several."""
        self._unit.reads.update(("HorizontalPodAutoscaler", "ScaledObject"))
        found = [
            one
            for one in self._by_target.get((workload.kind, workload.name), ())
            if compatible(one.namespace, workload.namespace)
        ]
        nearest = self._unit.nearest(workload.manifest.path, [one.manifest for one in found])
        view = self._unit.view(nearest[0]) if nearest else None
        return view if isinstance(view, Autoscaler) else None

    @cached_property
    def _rollouts(self) -> dict[tuple[str, str], list[Workload]]:
        """Argo Rollouts by the workload whose pod template they take (`spec.workloadRef`)."""
        found: dict[tuple[str, str], list[Workload]] = defaultdict(list)
        for view in self._unit.all("Rollout"):
            name = name_text(view.at("spec", "workloadRef", "name"))
            if isinstance(view, Workload) and name:
                found[name_text(view.at("spec", "workloadRef", "kind")) or "", name].append(view)
        return found

    def replicas(self, workload: Workload) -> Replicas:
        """The autoscaler's range, else `spec.replicas`; those of the Rollout that runs the workload's pods in its place."""
        for rollout in self._rollouts.get((workload.kind, workload.name), ()):
            if rollout is not workload and compatible(rollout.namespace, workload.namespace):
                return self.replicas(rollout)
        autoscaler = self.autoscaler(workload)
        return autoscaler.replicas if autoscaler is not None else workload.written_replicas

"""Which workloads' pods a PodDisruptionBudget holds for."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from kubelint_lb.kube.labels import label_selector
from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.view import View
from kubelint_lb.kube.workload import Workload
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.pod_labels import PodLabels

if TYPE_CHECKING:
    from collections.abc import Iterable


class Budgets:
    """The workloads of each budget of a unit."""

    def __init__(self, unit: Objects) -> None:
        self._pods = unit.of(PodLabels)
        self._unit = unit
        self._known: dict[int, list[Workload]] = {}

    def workloads(self, budget: View) -> list[Workload]:
        """Those whose pods a budget surely selects (kubernetes `policy/v1`: an empty selector selects all of the namespace), less
        Jobs. In a tree that nobody says is applied together: those that are nearest."""
        found = self._known.get(id(budget.manifest))
        if found is None:
            found = self._known[id(budget.manifest)] = self._selected(budget)
        return found

    @cached_property
    def by_workload(self) -> dict[int, list[View]]:
        """The budgets of each workload, by its identity, in order of reading."""
        found: dict[int, list[View]] = defaultdict(list)
        for budget in self._unit.all("PodDisruptionBudget"):
            for workload in self.workloads(budget):
                found[id(workload)].append(budget)
        return found

    def _selected(self, budget: View) -> list[Workload]:
        selector = label_selector(budget.at("spec", "selector"))
        if selector is None:
            return []
        candidates: Iterable[Workload] = self._pods.workloads
        if selector.pairs:
            candidates = self._pods.matching(dict(selector.pairs))
        same = [one for one in candidates if not one.runs_to_end and compatible(one.namespace, budget.namespace)]
        matching = [one for one in same if selector.matches(one.pod_labels) is True]
        nearest = {id(one) for one in self._unit.nearest(budget.manifest.path, [one.manifest for one in matching])}
        return [one for one in matching if id(one.manifest) in nearest]

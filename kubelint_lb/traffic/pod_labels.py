"""The workloads of a unit by the labels of their pods, and which Services select them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from kubelint_lb.kube.labels import is_runtime_label, selector_matches
from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.values import mappings, name_text
from kubelint_lb.kube.workload import Workload
from kubelint_lb.source.placeholder import has_placeholder
from kubelint_lb.traffic.objects import Objects


class PodLabels:
    """An inverted index of labels: what a selector matches is found by its rarest pair."""

    def __init__(self, unit: Objects) -> None:
        self._unit = unit
        self._sharing: dict[frozenset[tuple[str, str]], tuple[Service, ...]] = {}
        self._services: dict[tuple[object, str | None], tuple[Service, ...]] = {}

    @cached_property
    def workloads(self) -> list[Workload]:
        """Everything with a pod template, less what others of them made."""
        found = [view for view in self._unit.all("Workload") if isinstance(view, Workload) and view.template is not None]
        names = {(one.kind, one.name) for one in found}
        return [one for one in found if not _is_made_by(one, names)]

    @cached_property
    def _index(self) -> dict[tuple[str, str], list[Workload]]:
        index: dict[tuple[str, str], list[Workload]] = defaultdict(list)
        for workload in self.workloads:
            for pair in workload.pod_labels.items():
                index[pair].append(workload)
        return index

    @cached_property
    def templated(self) -> list[Workload]:
        """Workloads whose pod labels hold a placeholder: they may match what the index cannot say."""
        return [
            workload
            for workload in self.workloads
            if any(has_placeholder(key) or has_placeholder(value) for key, value in workload.pod_labels.items())
        ]

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every label key of the unit's pod templates."""
        return frozenset(key for workload in self.workloads for key in workload.pod_labels)

    @cached_property
    def by_folder(self) -> dict[str, list[Workload]]:
        """The workloads of each folder."""
        found: dict[str, list[Workload]] = defaultdict(list)
        for workload in self.workloads:
            found[workload.manifest.folder].append(workload)
        return found

    def matching(self, selector: dict[str, str]) -> list[Workload]:
        """The workloads whose pods surely have all pairs of a selector (one at least)."""
        shortest = min((self._index.get(pair, []) for pair in selector.items()), key=len)
        return [one for one in shortest if selector_matches(selector, one.pod_labels) is True]

    def selecting(self, workload: Workload) -> Iterator[Service]:
        """Which Services select a workload, by exact match anywhere in the unit."""
        for selector in self.selectors_of.get(id(workload), ()):
            yield from self._services_by_selector[selector]

    def services_of(self, workload: Workload) -> tuple[Service, ...]:
        """The Services of a workload's namespace, or of one that may be it, that select its pods; workloads whose pods the same
        selectors meet share the answer."""
        key = (tuple(self.selectors_of.get(id(workload), ())), workload.namespace)
        found = self._services.get(key)
        if found is None:
            selecting = (one for one in self.selecting(workload) if compatible(one.namespace, workload.namespace))
            found = self._services[key] = tuple(selecting)
        return found

    @cached_property
    def _services_by_selector(self) -> dict[frozenset[tuple[str, str]], list[Service]]:
        found: dict[frozenset[tuple[str, str]], list[Service]] = defaultdict(list)
        for service in self._unit.all("Service"):
            if isinstance(service, Service) and service.selector:
                selector = frozenset(pair for pair in service.selector.items() if not is_runtime_label(pair[0]))
                if selector:
                    found[selector].append(service)
        return found

    @cached_property
    def selectors_of(self) -> dict[int, list[frozenset[tuple[str, str]]]]:
        """By the identity of a workload: the selectors that match it."""
        found: dict[int, list[frozenset[tuple[str, str]]]] = defaultdict(list)
        for selector in self._services_by_selector:
            for one in self.matching(dict(selector)):
                found[id(one)].append(selector)
        return found

    def selected_with(self, pairs: dict[str, str]) -> tuple[Service, ...]:
        """Two Services at the most that select a workload with these labels: enough to tell whether another one does."""
        key = frozenset(pairs.items())
        if key not in self._sharing:
            services = (service for one in self.matching(pairs) for service in self.selecting(one))
            self._sharing[key] = tuple(islice({id(one): one for one in islice(services, 1000)}.values(), 2))
        return self._sharing[key]


def _is_made_by(workload: Workload, names: set[tuple[str, str]]) -> bool:
    """One of these workloads made this one: a dump of a live cluster shows a Deployment, its ReplicaSets and their pods."""
    return any(
        (name_text(owner.get("kind")) or "", name_text(owner.get("name")) or "") in names
        for owner in mappings(workload.at("metadata", "ownerReferences"))
    )

"""Which pods a Service sends traffic to, and what is known where none are seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from kubelint_lb.deploy.former import Former
from kubelint_lb.kube.kinds import GroupKind
from kubelint_lb.kube.labels import is_runtime_label, selector_matches
from kubelint_lb.kube.namespaces import compatible, surely_differ
from kubelint_lb.kube.near import is_slip
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.values import mappings, name_text
from kubelint_lb.kube.workload import Workload
from kubelint_lb.source.folders import are_in_line
from kubelint_lb.source.placeholder import has_placeholder
from kubelint_lb.traffic.meant import (
    Nearness,
    NearSelection,
    are_related,
    declares,
    is_sibling,
    named_alike,
    one_label_off,
    stand_alone,
)
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.openness import Openness
from kubelint_lb.traffic.resolve import State


class Selection(NamedTuple):
    """What a Service selects. `groups`: the selected workloads; the members of one group are definitions of the same object,
    alternatives of each other, and a rule reports only what holds for all of them. `former`: a workload that was selected until
    the change under review."""

    state: State
    groups: tuple[tuple[Workload, ...], ...] = ()
    near: NearSelection | None = None
    former: Former | None = None

    @property
    def found(self) -> bool:
        """Some pods are selected."""
        return self.state is State.FOUND

    @property
    def workloads(self) -> tuple[Workload, ...]:
        """All selected workloads, alternatives too."""
        return tuple(workload for group in self.groups for workload in group)


_UNKNOWN = Selection(State.UNKNOWN)


class Selector:
    """Finds the workloads that Services select, through an inverted index of labels."""

    def __init__(self, unit: Objects) -> None:
        self._unit = unit
        self._openness = unit.of(Openness)
        self._cache: dict[int, Selection] = {}

    @cached_property
    def _workloads(self) -> list[Workload]:
        found = [view for view in self._unit.all("Workload") if isinstance(view, Workload) and view.template is not None]
        names = {(one.kind, one.name) for one in found}
        return [one for one in found if not _is_made_by(one, names)]

    @cached_property
    def _index(self) -> dict[tuple[str, str], list[Workload]]:
        index: dict[tuple[str, str], list[Workload]] = defaultdict(list)
        for workload in self._workloads:
            for pair in workload.pod_labels.items():
                index[pair].append(workload)
        return index

    @cached_property
    def _templated(self) -> list[Workload]:
        """Workloads whose pod labels hold a placeholder: they may match what the index cannot say."""
        return [
            workload
            for workload in self._workloads
            if any(has_placeholder(key) or has_placeholder(value) for key, value in workload.pod_labels.items())
        ]

    @cached_property
    def _keys(self) -> frozenset[str]:
        """Every label key of the unit's pod templates."""
        return frozenset(key for workload in self._workloads for key in workload.pod_labels)

    @cached_property
    def _by_folder(self) -> dict[str, list[Workload]]:
        found: dict[str, list[Workload]] = defaultdict(list)
        for workload in self._workloads:
            found[workload.manifest.folder].append(workload)
        return found

    def select(self, service: Service) -> Selection:
        """What a Service selects; UNKNOWN for one without a selector."""
        found = self._cache.get(id(service.manifest))
        if found is None:
            found = self._cache[id(service.manifest)] = self._select(service)
        return found

    def _select(self, service: Service) -> Selection:
        selector = {key: value for key, value in service.selector.items() if not is_runtime_label(key)}
        if any(has_placeholder(key) for key in selector):
            return _UNKNOWN
        # Some labels that mostly appear at run time (`role`) stand in templates, too.
        for pairs in (service.selector, selector):
            matched = self._candidates(pairs) if pairs else []
            matched = [one for one in matched if compatible(one.namespace, service.namespace)]
            if matched:
                groups = self._groups(service, matched)
                return Selection(State.FOUND, groups) if groups else _UNKNOWN
        if not selector:
            return _UNKNOWN
        if any(has_placeholder(value) for value in selector.values()) or self._may_match(service, selector):
            return _UNKNOWN
        near = self._near(service, selector)
        former = self._unit.former.selected(selector, service.namespace) if self._unit.former else None
        missing = Selection(State.MISSING, near=near, former=former)
        if self._may_match_beside(service, selector):
            return _UNKNOWN
        if self._is_made_at_run_time(service, selector, near):
            return _UNKNOWN
        if self._unit.complete:  # the files are all here; what controllers make of them is in no file
            return missing
        if (near is None and former is None) or self._may_be_elsewhere(service, selector, near):
            return _UNKNOWN
        return missing

    def _candidates(self, selector: dict[str, str]) -> list[Workload]:
        shortest = min((self._index.get(pair, []) for pair in selector.items()), key=len)
        return [one for one in shortest if selector_matches(selector, one.pod_labels) is True]

    def _groups(self, service: Service, matched: Iterable[Workload]) -> tuple[tuple[Workload, ...], ...]:
        nearest = self._unit.nearest(service.manifest.path, [one.manifest for one in matched])
        groups: dict[tuple[GroupKind, str | None, str], list[Workload]] = defaultdict(list)
        for manifest in nearest:
            view = self._unit.view(manifest)
            if isinstance(view, Workload) and not self._is_of_others(service, view):
                groups[manifest.identity, manifest.namespace, manifest.name].append(view)
        return tuple(tuple(group) for group in groups.values())

    def _is_of_others(self, service: Service, workload: Workload) -> bool:
        """It lies aside, where another definition of this very Service selects it: both are another variant's."""
        folder = workload.manifest.folder
        if self._unit.whole or are_in_line(service.manifest.folder, folder):
            return False
        return any(
            one.name == service.name and are_in_line(one.manifest.folder, folder) and compatible(one.namespace, service.namespace)
            for one in self._selecting.get(id(workload), ())
        )

    def _may_match(self, service: Service, selector: dict[str, str]) -> bool:
        return any(
            selector_matches(selector, one.pod_labels) is not False and compatible(one.namespace, service.namespace)
            for one in self._templated
        )

    def _may_match_beside(self, service: Service, selector: dict[str, str]) -> bool:
        """Pods of another unit of the cluster: of any, where nothing else is; of what another tool rendered, always."""
        cluster, mine = self._unit.cluster, self._unit
        return any(
            selector_matches(selector, one.pod_labels) is not False and compatible(one.namespace, service.namespace)
            for unit in cluster.beside(mine)
            if mine.complete or mine.prerendered or unit.prerendered
            for one in unit.all("Workload")
            if isinstance(one, Workload) and one.template is not None
        )

    def _may_be_elsewhere(self, service: Service, selector: dict[str, str], near: NearSelection | None) -> bool:
        """In what was not read, or in what something brings to the namespace."""
        manifest = service.manifest
        if self._openness.is_filled(manifest.folder, manifest.namespace):
            return True
        off = _off(selector, near)
        # What was meant stands in the same file: it is in no other that nobody can read.
        beside = near is not None and near.workload.manifest.path == manifest.path
        slip = beside and off is not None and near is not None and is_slip(off, near.value or "")
        return not slip and self._openness.may_hold_more(manifest.folder)

    def _is_made_at_run_time(self, service: Service, selector: dict[str, str], near: NearSelection | None) -> bool:
        """An operator makes the pods, or labels them."""
        manifest, off = service.manifest, _off(selector, near)
        # All other labels are on a workload that is here: an operator's pods would differ by this one.
        names = (manifest.name, *selector.values()) if off is None else (off,)
        if any(self._openness.made_by_operator(name, manifest.namespace) for name in names):
            return True
        return self._has_runtime_key(service, selector)

    def _has_runtime_key(self, service: Service, selector: dict[str, str]) -> bool:
        """All pairs but one hold on a workload that another Service selects, and the failing key is on no pod template:
        something labels the pods at run time (`vault-active`)."""
        for key in selector:
            rest = {other: value for other, value in selector.items() if other != key}
            if key in self._keys or not rest:
                continue
            if any(self._is_selected_by_another(one, service) for one in self._candidates(rest)):
                return True
        return False

    def _is_selected_by_another(self, workload: Workload, service: Service) -> bool:
        return any(one is not service for one in self._selecting.get(id(workload), ()))

    @cached_property
    def _selecting(self) -> dict[int, list[Service]]:
        """Which Services select a workload, by exact match anywhere in the unit."""
        found: dict[int, list[Service]] = defaultdict(list)
        for service in self._unit.all("Service"):
            if isinstance(service, Service) and service.selector:
                selector = {key: value for key, value in service.selector.items() if not is_runtime_label(key)}
                if selector:
                    for one in self._candidates(selector):
                        found[id(one)].append(service)
        return found

    def _near(self, service: Service, selector: dict[str, str]) -> NearSelection | None:
        manifest = service.manifest
        around = self._workloads if self._unit.whole else self._by_folder.get(manifest.folder, [])
        here = [one for one in around if compatible(one.namespace, service.namespace)]
        here.sort(key=lambda one: one.manifest.path != manifest.path)  # what stands in the same file is meant before all
        for one in here:
            found = one_label_off(selector, one)
            if found is not None and not (id(one) in self._selecting and is_sibling(service, selector, found)):
                return found
        for one in here:
            if one.name and (one.name == service.name or one.name in selector.values()) and not one.runs_to_end:
                return named_alike(selector, one)
        for one in self._candidates(selector):
            if surely_differ(one.namespace, service.namespace) and (self._unit.whole or one in around):
                return NearSelection(one, Nearness.NAMESPACE)
        targets = {port.target for port in service.ports if port.target is not None}
        for one in here:
            if id(one) in self._selecting or one.runs_to_end or stand_alone(service, selector, one):
                continue
            if declares(one, targets) and (self._unit.complete or are_related(service, selector, one)):
                return named_alike(selector, one, Nearness.ORPHAN)
        return None


def _off(selector: dict[str, str], near: NearSelection | None) -> str | None:
    """The value that is probably a slip."""
    return selector[near.key] if near is not None and near.why is Nearness.LABEL else None


def _is_made_by(workload: Workload, names: set[tuple[str, str]]) -> bool:
    """One of these workloads made this one: a dump of a live cluster shows a Deployment, its ReplicaSets and their pods."""
    return any(
        (name_text(owner.get("kind")) or "", name_text(owner.get("name")) or "") in names
        for owner in mappings(workload.at("metadata", "ownerReferences"))
    )

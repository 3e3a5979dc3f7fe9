"""Which pods a Service sends traffic to, and what is known where none are seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from kubelint_lb.deploy.former import Former
from kubelint_lb.kube.kinds import GroupKind
from kubelint_lb.kube.labels import is_runtime_label, selector_matches
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.namespaces import compatible, surely_differ
from kubelint_lb.kube.near import is_slip
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.view import View
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
from kubelint_lb.traffic.near_workloads import NearWorkloads
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.openness import Openness
from kubelint_lb.traffic.operated import Operated
from kubelint_lb.traffic.pod_labels import PodLabels
from kubelint_lb.traffic.resolve import State


class Selection(NamedTuple):
    """What a Service selects. `groups`: the selected workloads; the members of one group are definitions of the same object,
    alternatives of each other, and a rule reports only what holds for all of them. `former`: a workload that was selected until
    the change under review."""

    state: State
    groups: tuple[tuple[Workload, ...], ...] = ()
    near: NearSelection | None = None
    former: Former | None = None
    # The groups that serve for long: Jobs are not among them.
    serving: tuple[tuple[Workload, ...], ...] = ()

    @property
    def found(self) -> bool:
        """Some pods are selected."""
        return self.state is State.FOUND

    @property
    def workloads(self) -> tuple[Workload, ...]:
        """All selected workloads, alternatives too."""
        return tuple(workload for group in self.groups for workload in group)


_UNKNOWN = Selection(State.UNKNOWN)


def _selecting(groups: tuple[tuple[Workload, ...], ...]) -> Selection:
    serving = tuple(group for group in groups if not all(one.runs_to_end for one in group))
    return Selection(State.FOUND, groups, serving=serving)


class _Matched(NamedTuple):
    """The nearest workloads that a selector matches, and the selection where that is all there is to know."""

    nearest: list[Manifest]
    selection: Selection | None


class Selector:
    """Finds the workloads that Services select."""

    def __init__(self, unit: Objects) -> None:
        self._unit = unit
        self._openness = unit.of(Openness)
        self._operated = unit.of(Operated)
        self._pods = unit.of(PodLabels)
        self._cache: dict[int, Selection] = {}
        self._matched: dict[tuple[object, str | None, str], _Matched] = {}
        self._near_workloads: dict[tuple[str, str | None], NearWorkloads] = {}

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
            found = self._found(service, pairs)
            if found is not None:
                return found
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

    def _found(self, service: Service, selector: dict[str, str]) -> Selection | None:
        """What is selected by exact match; None where nothing is. Services with equal selectors in one file share the answer."""
        key = (frozenset(selector.items()), service.namespace, "" if self._unit.whole else service.manifest.path)
        if key not in self._matched:
            matched = self._pods.matching(selector) if selector else []
            matched = [one for one in matched if compatible(one.namespace, service.namespace)]
            nearest = self._unit.nearest(service.manifest.path, [one.manifest for one in matched])
            folder = service.manifest.folder
            settled = self._unit.whole or all(are_in_line(folder, one.folder) for one in nearest)
            groups = self._grouped(map(self._unit.view, nearest)) if settled else ()
            self._matched[key] = _Matched(nearest, _selecting(groups) if groups else None)
        nearest, shared = self._matched[key]
        if shared is not None or not nearest:
            return shared
        views = (self._unit.view(one) for one in nearest)
        groups = self._grouped(one for one in views if isinstance(one, Workload) and not self._is_of_others(service, one))
        return _selecting(groups) if groups else _UNKNOWN

    @staticmethod
    def _grouped(views: Iterable[View]) -> tuple[tuple[Workload, ...], ...]:
        """Workloads by identity: several definitions of one object are alternatives of each other."""
        groups: dict[tuple[GroupKind, str | None, str], list[Workload]] = defaultdict(list)
        for view in views:
            if isinstance(view, Workload):
                groups[view.manifest.identity, view.namespace, view.name].append(view)
        return tuple(tuple(group) for group in groups.values())

    def _is_of_others(self, service: Service, workload: Workload) -> bool:
        """It lies aside, where another definition of this very Service selects it: both are another variant's."""
        folder = workload.manifest.folder
        if self._unit.whole or are_in_line(service.manifest.folder, folder):
            return False
        return any(
            one.name == service.name and are_in_line(one.manifest.folder, folder) and compatible(one.namespace, service.namespace)
            for one in self._pods.selecting(workload)
        )

    def _may_match(self, service: Service, selector: dict[str, str]) -> bool:
        return any(
            selector_matches(selector, one.pod_labels) is not False and compatible(one.namespace, service.namespace)
            for one in self._pods.templated
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
        if self._operated.has_pods(selector, manifest.namespace):
            return True
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
            if key in self._pods.keys or not rest:
                continue
            if any(one is not service for one in self._pods.selected_with(rest)):
                return True
        return False

    def _near(self, service: Service, selector: dict[str, str]) -> NearSelection | None:
        around = self._around(service)
        for one in around.labelled_alike(service, selector):
            found = one_label_off(selector, one)
            if found is not None and not (id(one) in self._pods.selectors_of and is_sibling(service, selector, found)):
                return found
        for one in around.named(service, selector):
            if not one.runs_to_end:
                return named_alike(selector, one)
        for one in self._pods.matching(selector):
            if surely_differ(one.namespace, service.namespace) and (self._unit.whole or self._is_around(service, one)):
                return NearSelection(one, Nearness.NAMESPACE)
        return self._orphan(service, selector, around)

    def _orphan(self, service: Service, selector: dict[str, str], around: NearWorkloads) -> NearSelection | None:
        targets = {port.target for port in service.ports if port.target is not None}
        for one in around.orphans(service, selector):
            if id(one) in self._pods.selectors_of or one.runs_to_end or stand_alone(service, selector, one):
                continue
            if declares(one, targets) and are_related(service, selector, one):
                return named_alike(selector, one, Nearness.ORPHAN)
        return None

    def _around(self, service: Service) -> NearWorkloads:
        """The workloads that a Service may have been meant for: those of its folder, or of its whole unit."""
        key = ("" if self._unit.whole else service.manifest.folder, service.namespace)
        if key not in self._near_workloads:
            found = self._pods.workloads if self._unit.whole else self._pods.by_folder.get(service.manifest.folder, [])
            here = (one for one in found if compatible(one.namespace, service.namespace))
            self._near_workloads[key] = NearWorkloads(here, lambda one: id(one) in self._pods.selectors_of)
        return self._near_workloads[key]

    @staticmethod
    def _is_around(service: Service, workload: Workload) -> bool:
        return workload.manifest.folder == service.manifest.folder


def _off(selector: dict[str, str], near: NearSelection | None) -> str | None:
    """The value that is probably a slip."""
    return selector[near.key] if near is not None and near.why is Nearness.LABEL else None

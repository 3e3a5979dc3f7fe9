"""The workloads that a Service without pods may have been meant for, found by what relates them to it, not by asking each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TypeVar

from kubelint_lb.kube.near_names import NearNames
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.workload import Workload
from kubelint_lb.source.placeholder import has_placeholder

_Key = TypeVar("_Key")
# So many orphans are looked at, the first in order: one that is meant is among them, but for names that say nothing.
_MOST_ORPHANS = 50


class NearWorkloads:
    """Some workloads, in the order in which one of them is believed to be meant but for the file it stands in.

    `is_selected` tells whether some Service selects a workload.
    """

    def __init__(self, workloads: Iterable[Workload], is_selected: Callable[[Workload], bool]) -> None:
        self.all = list(workloads)
        self._order = {id(one): index for index, one in enumerate(self.all)}
        self._is_selected = is_selected

    def holds(self, workload: Workload) -> bool:
        """It is one of them."""
        return id(workload) in self._order

    def labelled_alike(self, service: Service, selector: dict[str, str]) -> Iterator[Workload]:
        """Those that may have all pairs of a selector but one, and that one with a near value or key: one edit away before all
        else, and in the Service's own file before others."""
        path = service.manifest.path
        close: list[Workload] = [*self._templated]
        others: list[Workload] = []
        for key, value in selector.items():
            by_distance = self._values(key).by_distance(value) if key in self._keys else ((), ())
            for names, found in zip(by_distance, (close, others), strict=True):
                found += (one for name in names for one in self._by_pair[key, name])
        if len(selector) == 1:
            ((key, value),) = selector.items()
            others += (one for other in self._keys_of.get(value, ()) if other != key for one in self._by_pair[other, value])
        close, others = self._in_order(close, path), self._in_order(others, path)
        own = [one for one in others if one.manifest.path == path]
        yield from (one for one in close if one.manifest.path == path)
        yield from own
        yield from (one for one in close if one.manifest.path != path)
        yield from (one for one in others if one.manifest.path != path)

    def named(self, service: Service, selector: dict[str, str]) -> list[Workload]:
        """Those that are called like a Service, or like a value of its selector."""
        names = dict.fromkeys((service.name, *selector.values()))
        return self._in_order((one for name in names for one in self._by_name.get(name, ())), service.manifest.path)

    def orphans(self, service: Service, selector: dict[str, str]) -> list[Workload]:
        """Those that no Service selects and that a pair, a name or a label may relate to a Service."""
        found: list[Workload] = []
        for pair in (*selector.items(), *service.labels.items()):
            found += self._orphans_by_pair.get(pair, ())
        for text in dict.fromkeys((service.name, *selector.values())):
            near = [name for group in self._orphan_names.by_distance(text) for name in group]
            for name in (text, *near):
                found += self._orphans_by_text.get(name, ())
            found += self._orphans_by_first_part.get(text.partition("-")[0], ())
        return self._in_order(found, service.manifest.path)[:_MOST_ORPHANS]

    def _in_order(self, found: Iterable[Workload], path: str) -> list[Workload]:
        """What stands in the same file is meant before all."""
        unique = {id(one): one for one in found}.values()
        return sorted(unique, key=lambda one: (one.manifest.path != path, self._order[id(one)]))

    @cached_property
    def _templated(self) -> list[Workload]:
        return [one for one in self.all if any(map(has_placeholder, (*one.pod_labels, *one.pod_labels.values())))]

    @cached_property
    def _by_pair(self) -> dict[tuple[str, str], list[Workload]]:
        return _grouped((pair, one) for one in self.all for pair in one.pod_labels.items())

    @cached_property
    def _keys(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for key, value in self._by_pair:
            found[key].add(value)
        return found

    @cached_property
    def _keys_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key, value in self._by_pair:
            found[value].append(key)
        return found

    @cached_property
    def _near_values(self) -> dict[str, NearNames]:
        return {}

    def _values(self, key: str) -> NearNames:
        if key not in self._near_values:
            self._near_values[key] = NearNames(self._keys[key])
        return self._near_values[key]

    @cached_property
    def _by_name(self) -> dict[str, list[Workload]]:
        return _grouped((one.name, one) for one in self.all if one.name)

    @cached_property
    def _orphans(self) -> list[Workload]:
        return [one for one in self.all if not one.runs_to_end and not self._is_selected(one)]

    @cached_property
    def _orphans_by_pair(self) -> dict[tuple[str, str], list[Workload]]:
        return _grouped((pair, one) for one in self._orphans for pair in one.pod_labels.items())

    @cached_property
    def _orphans_by_text(self) -> dict[str, list[Workload]]:
        return _grouped((text, one) for one in self._orphans for text in dict.fromkeys((one.name, *one.pod_labels.values())))

    @cached_property
    def _orphan_names(self) -> NearNames:
        return NearNames(self._orphans_by_text)

    @cached_property
    def _orphans_by_first_part(self) -> dict[str, list[Workload]]:
        firsts = ((text.partition("-")[0], one) for text, found in self._orphans_by_text.items() for one in found)
        return _grouped((first, one) for first, one in firsts if len(first) > 2)


def _grouped(pairs: Iterable[tuple[_Key, Workload]]) -> dict[_Key, list[Workload]]:
    found: dict[_Key, list[Workload]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return found

"""Charts that kustomizations inflate (`helmCharts:`), where the chart is here: kustomize renders them with Helm.

Source: https://kubectl.docs.kubernetes.io/references/kustomize/builtins/#_helmchartinflationgenerator_
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from kubelint_lb.render.kustomize.kustomization import INFLATED, Kustomization
from kubelint_lb.source.node import Mapping as MappingNode
from kubelint_lb.source.node import Node
from kubelint_lb.source.values import items, mappings, name_text

# What charts write into labels of their objects.
_CHART, _RELEASE = _LABELS = ("helm.sh/chart", "app.kubernetes.io/instance")


class Inflated(NamedTuple):
    """A chart that one entry asks for: its files, by path relative to its folder, and the charts that it needs and lacks.
    `inputs` are the files of the tree that have a say in it."""

    name: str
    files: Mapping[str, bytes]
    lacking: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()


# Given a kustomization and an entry of it: the chart, or why there is none.
FindChart: TypeAlias = Callable[[Kustomization, MappingNode], Inflated | str]


class Entry(NamedTuple):
    """One entry with its chart; or why there is none (None: nobody has it here)."""

    node: MappingNode
    chart: Inflated | None
    why: str = ""

    @property
    def place(self) -> Node:
        """Where the chart is named."""
        return self.node.get("name") or self.node

    def holds(self, paths: Collection[str]) -> bool:
        """One of some files has a say in the chart."""
        return self.chart is not None and any(path in paths for path in self.chart.inputs)


class Inflation:
    """How charts are inflated: the `helm` program, for which version of Kubernetes, and where charts are found."""

    def __init__(self, helm: str, kubernetes: str, find: FindChart) -> None:
        self.helm = helm
        self.kubernetes = kubernetes
        self._find = find
        self._entries: dict[str, list[Entry]] = {}

    def entries(self, one: Kustomization) -> list[Entry]:
        """What the entries of a kustomization inflate, in order."""
        if one.path not in self._entries:
            self._entries[one.path] = list(self._found(one))
        return self._entries[one.path]

    def _found(self, one: Kustomization) -> Iterator[Entry]:
        taken: dict[str, Mapping[str, bytes]] = {}
        for node in mappings(one.node.get(INFLATED)):
            found = self._find(one, node)
            if isinstance(found, str):
                yield Entry(node, None, found)
            elif taken.setdefault(found.name, found.files) != found.files:
                yield Entry(node, None, "a second version of the chart")
            else:
                yield Entry(node, found)

    def failed(self, why: str) -> Inflation:
        """The same for a unit that cannot be rendered with its charts."""
        return Inflation(self.helm, self.kubernetes, lambda _one, _node: why)


def written_values(entry: MappingNode) -> list[str]:
    """The values files of an entry, as written."""
    nodes = (entry.get("valuesFile"), *items(entry.get("additionalValuesFiles")))
    return [written for node in nodes if (written := name_text(node))]


def entry_of(one: Kustomization, rendered: MappingNode) -> MappingNode | None:
    """The entry whose chart an object comes from, as far as its labels tell; None where several may be it."""
    entries = mappings(one.node.get(INFLATED))
    if len(entries) < 2:
        return entries[0] if entries else None
    labels = rendered.get("metadata", "labels")
    said = {name: name_text(labels.get(name)) or "" for name in _LABELS} if labels is not None else {}
    fitting = [
        entry
        for entry in entries
        if said.get(_RELEASE) == name_text(entry.get("releaseName"))
        or said.get(_CHART, "").startswith(f"{name_text(entry.get('name'))}-")
    ]
    return fitting[0] if len(fitting) == 1 else None

"""Kustomizations that only list files and say where they go are worked out here: no subprocess, and every object keeps its
place."""

from __future__ import annotations

from typing import NamedTuple

from kubelint_lb.render.kustomize.closure import Closure
from kubelint_lb.render.kustomize.kustomization import Kustomization
from kubelint_lb.source.node import Mapping
from kubelint_lb.source.values import boolean, items, mappings, name_text

# Fields that leave the objects that rules read as they are. Generated ConfigMaps and Secrets are read by nobody; charts and
# plug-ins bring objects of their own, which the closure knows to be left out.
_NEUTRAL = frozenset(
    {
        "$schema",
        "apiVersion",
        "bases",
        "buildMetadata",
        "commonAnnotations",
        "components",
        "configMapGenerator",
        "generatorOptions",
        "generators",
        "helmChartInflationGenerator",
        "helmCharts",
        "helmGlobals",
        "kind",
        "labels",
        "metadata",
        "namespace",
        "resources",
        "secretGenerator",
        "sortOptions",
    }
)
_MOST_VISITS = 10_000
_DEEPEST = 100
# Annotations under these are notes for deployment tools, not for controllers that handle traffic.
_NOTES = ("toolkit.fluxcd.io", "argoproj.io")


class Placed(NamedTuple):
    """A file of the closure, and the namespace its objects are put into; None where they keep their own."""

    path: str
    namespace: str | None


def is_simple(closure: Closure) -> bool:
    """Whether `place` tells all there is to know about the objects."""
    return not closure.charts and all(_is_neutral(one) for one in closure.members)


def place(closure: Closure) -> list[Placed] | None:
    """The files in the order kustomize reads them; None where that takes too long to tell. A file that is listed twice is
    there twice, which kustomize refuses."""
    return _Accumulation(closure).run(closure.root, [], frozenset())


class _Accumulation:
    """Walks a closure as kustomize does. One that includes the same things over and over takes exponentially long."""

    def __init__(self, closure: Closure) -> None:
        self._closure = closure
        self._visits = 0

    def run(self, one: Kustomization, before: list[Placed], above: frozenset[str]) -> list[Placed] | None:
        self._visits += 1
        if self._visits > _MOST_VISITS or len(above) > _DEEPEST or one.folder in above:
            return None
        above |= {one.folder}
        found: list[Placed] | None = list(before)
        kustomizations = self._closure.kustomizations
        for entry in one.listed("resources", "bases"):
            if entry.path is not None and entry.path in kustomizations:
                more = self.run(kustomizations[entry.path], [], above)
            else:
                more = [Placed(entry.path, None)] if entry.path is not None else []
            if found is None or more is None:
                return None
            found += more
        for folder in self._closure.components(one):
            # A component works on all that was listed before it.
            found = self.run(kustomizations[folder], found, above) if found is not None else None
        if found is None or one.namespace is None:
            return found
        return [placed._replace(namespace=one.namespace) for placed in found]


def _is_neutral(one: Kustomization) -> bool:
    if any(name not in _NEUTRAL and one.filled(name) for name in one.node.entries):
        return False
    if any("kube-proxy" in (name_text(entry.get("name")) or "") for entry in mappings(one.node.get("configMapGenerator"))):
        return False
    if any("\n" in (name_text(node) or "") for field in ("resources", "components") for node in items(one.node.get(field))):
        return False
    annotations = one.node.get("commonAnnotations")
    names = annotations.entries if isinstance(annotations, Mapping) else {}
    if not all(name.partition("/")[0].endswith(_NOTES) for name in names):
        return False
    return all(_only_metadata(entry) for entry in mappings(one.node.get("labels")))


def _only_metadata(labels: Mapping) -> bool:
    """The labels go to the objects alone, not into their selectors and pod templates."""
    written = (labels.get("includeSelectors"), labels.get("includeTemplates"))
    return not any(boolean(node) for node in written) and "fields" not in labels.entries

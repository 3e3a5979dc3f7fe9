"""Finds the charts that kustomizations inflate: beside them, as kustomize looks for them, or in the folder of charts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from posixpath import join

from kubelint_lb.deploy.helm.chart_files import UnreadableChartError, read_chart
from kubelint_lb.deploy.helm.chart_units import chart_name, reduced_files
from kubelint_lb.deploy.helm.local_charts import LocalCharts
from kubelint_lb.render.helm.chart import Chart
from kubelint_lb.render.helm.semver import newest
from kubelint_lb.render.kustomize.inflation import Inflated, Inflation
from kubelint_lb.render.kustomize.kustomization import Kustomization
from kubelint_lb.source.names import CHART_FILE
from kubelint_lb.source.node import Mapping as MappingNode
from kubelint_lb.source.values import name_text

_HOME = "charts"
_NAME = re.compile(r"\w[-.\w]*")


def inflation_of(root: Path, charts: Path | None, kubernetes: str) -> Inflation | None:
    """How kustomizations below a root inflate charts, those in a folder of charts too, for a version of Kubernetes; None where
    Helm or kustomize is missing."""
    import shutil

    from kubelint_lb.render.kustomize.command import find_kustomize

    helm = shutil.which("helm")
    if helm is None or find_kustomize() is None:
        return None
    return Inflation(helm, kubernetes, _Finder(root, LocalCharts(charts) if charts is not None else None).find)


class _Finder:
    def __init__(self, root: Path, shelf: LocalCharts | None) -> None:
        self._root = root
        self._shelf = shelf

    def find(self, one: Kustomization, entry: MappingNode) -> Inflated | str:
        """The chart of an entry, or why there is none."""
        name, version = (name_text(entry.get(field)) or "" for field in ("name", "version"))
        if _NAME.fullmatch(name) is None or not name_text(entry.get("releaseName")):
            return "an entry without a name, or without one for the release"
        try:
            chart, inputs = self._beside(one, entry, name, version) or self._shelved(name, version)
        except UnreadableChartError as error:
            return str(error)
        if chart is None:
            return f"{name} {version} is not here".replace("  ", " ")
        lacking = tuple(map(chart_name, chart.missing()))
        return Inflated(name, _files(chart), lacking, inputs)

    def _beside(
        self, one: Kustomization, entry: MappingNode, name: str, version: str
    ) -> tuple[Chart | None, tuple[str, ...]] | None:
        """The chart in the folder that kustomize looks into, if it is the version asked for."""
        home = name_text(one.node.get("helmGlobals", "chartHome")) or _HOME
        by_version = version and entry.get("repo") is not None
        for inside in (f"{name}-{version}", "") if by_version else ("",):
            folder = one.local(join(home, inside, name))
            if folder is None or not (self._root / folder / CHART_FILE).is_file():
                continue
            chart = read_chart(self._root, folder)
            if not version or newest(version, [chart.version]) is not None:
                return chart, tuple(map(chart.path_of, chart.files))
        return None

    def _shelved(self, name: str, version: str) -> tuple[Chart | None, tuple[str, ...]]:
        found = self._shelf.find(name, version) if self._shelf is not None else None
        return (found.chart if found is not None else None), ()


def _files(chart: Chart) -> Mapping[str, bytes]:
    return reduced_files(chart) or chart.files

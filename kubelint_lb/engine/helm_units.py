"""Charts become units: rendered by Helm where it is installed, their objects pointing at the templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import join, normpath
from typing import TYPE_CHECKING

from kubelint_lb.detectors.api import Issue
from kubelint_lb.engine.chart_files import UnreadableChartError, read_chart
from kubelint_lb.engine.chart_objects import ChartObjects
from kubelint_lb.engine.detect import Hit
from kubelint_lb.engine.errors import UsageError
from kubelint_lb.engine.finding import SkipReason
from kubelint_lb.model.facts import Facts
from kubelint_lb.model.folders import is_within
from kubelint_lb.model.glimpse import Look
from kubelint_lb.model.layout import Layout
from kubelint_lb.model.unit import Unit
from kubelint_lb.render.cache import cache_of
from kubelint_lb.render.chart import Chart
from kubelint_lb.render.helm import UNNAMED, Helm, Release, Rendered
from kubelint_lb.render.template import Place
from kubelint_lb.source.node import Document, Node

if TYPE_CHECKING:
    from kubelint_lb.engine.clusters import ClusterMap
    from kubelint_lb.engine.read import Tree
    from kubelint_lb.engine.roots import Scope
    from kubelint_lb.engine.settings import HelmSettings, Settings

FAILED = "render-failed"
_NO_LAYOUT = Layout({}, frozenset())
_WHERE = re.compile(r"([^\s:()]+/templates/[^\s:()]+):(\d+)")


@dataclass(slots=True)
class HelmUnits:
    """The units that charts make, findings about charts that make none, and sentences for the user.

    `touched` names the units of which all is reported on: something they are made of, other than a template, was asked for.
    """

    facts: list[Facts] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)


def helm_units(tree: Tree, settings: Settings, scope: Scope, look: Look, clusters: ClusterMap) -> HelmUnits:
    """Renders the charts that the scope touches; `clusters` tells where they land. `tree.skipped` tells of their templates.

    Raises UsageError for a chart in the configuration that is not there.
    """
    folders = _installable(tree.layout.charts)
    for one in settings.helm:
        _check(one, tree, scope.root)
    units = HelmUnits()
    wanted = [folder for folder in folders if _concerned(folder, settings, scope)]
    if not wanted or not settings.render or scope.stdin is not None:
        return units
    import shutil

    tool = shutil.which("helm")
    if tool is None:
        charts = "1 Helm chart is" if len(wanted) == 1 else f"{len(wanted)} Helm charts are"
        units.notices.append(f"{charts} not rendered: helm is not on the PATH")
        return units
    helm = Helm(tool, cache_of("helm", used=settings.cache), settings.render_seconds)
    _Charts(tree, settings, scope, look, units, clusters).render(helm, wanted)
    return units


def _installable(charts: frozenset[str]) -> list[str]:
    """The folders of charts that are no subcharts, in order."""
    inside = tuple(f"{folder}/charts" if folder else "charts" for folder in charts)
    return sorted(folder for folder in charts if not any(is_within(folder, one) for one in inside))


def _folder(one: HelmSettings) -> str:
    """The folder of a configured chart as paths of the tree are written."""
    path = normpath(one.chart)
    return "" if path == "." else path


def _check(one: HelmSettings, tree: Tree, root: Path) -> None:
    if _folder(one) not in tree.layout.charts:
        raise UsageError(f"helm: there is no chart in {one.chart}: it holds no Chart.yaml, or is excluded")
    for value in one.values:
        if not (root / value).is_file() or not (root / value).resolve().is_relative_to(root.resolve()):
            raise UsageError(f"helm: there is no values file {value} below {root}")


def _concerned(folder: str, settings: Settings, scope: Scope) -> bool:
    values = {normpath(value) for one in settings.helm if _folder(one) == folder for value in one.values}
    files = any(is_within(path, folder) or path in values for path in scope.files)
    return files or any(is_within(folder, one) or is_within(one, folder) for one in scope.folders)


class _Charts:
    """The charts of one run."""

    def __init__(self, tree: Tree, settings: Settings, scope: Scope, look: Look, units: HelmUnits, clusters: ClusterMap) -> None:
        self._tree = tree
        self._settings = settings
        self._scope = scope
        self._look = look
        self._units = units
        self._clusters = clusters
        self._wanting = 0

    def render(self, helm: Helm, folders: Iterable[str]) -> None:
        """Renders charts and makes units of them."""
        charts = [chart for folder in folders if (chart := self._chart(folder)) is not None]
        releases = [release for chart in charts for release in self._releases(chart)]
        shown: dict[str, set[str]] = {}
        for release, rendered in zip(releases, helm.render_all(releases), strict=True):
            if rendered.failure or rendered.timed_out:
                self._fail(release, rendered)
            else:
                shown.setdefault(release.chart.folder, set()).update(self._unit(release, rendered))
        for folder, templates in shown.items():
            self._settle_skipped(folder, templates)
        if self._wanting:
            charts_need = "1 chart needs" if self._wanting == 1 else f"{self._wanting} charts need"
            self._units.notices.append(
                f"{charts_need} values to be rendered: name values files under 'helm' in the configuration"
            )

    def _chart(self, folder: str) -> Chart | None:
        try:
            chart = read_chart(self._scope.root, folder)
        except UnreadableChartError as error:
            self._explain(folder, str(error))
            return None
        if chart.library or not self._worth_it(chart):
            return None
        missing = chart.missing()
        if missing:
            self._explain(folder, f"its charts folder lacks {', '.join(missing)}")
            return None
        return chart

    def _worth_it(self, chart: Chart) -> bool:
        """Some template may hold an object that somebody reads; an archive may hold anything."""
        if any(name.startswith("charts/") and name.endswith(".tgz") for name in chart.files):
            return True
        templates = [name for name in chart.files if name.startswith("templates/") or "/templates/" in name]
        return any(self._look(chart.text(name) or "") for name in templates)

    def _releases(self, chart: Chart) -> Iterator[Release]:
        version = str(self._settings.kubernetes_version)
        root = self._scope.root
        yield Release(chart, root, chart.release, kubernetes=version)
        for one in self._settings.helm:
            if _folder(one) == chart.folder:
                values = tuple(root / normpath(value) for value in one.values)
                name, namespace = one.release or chart.release, one.namespace or UNNAMED
                yield Release(chart, root, name, namespace, values, version, configured=True)

    def _unit(self, release: Release, rendered: Rendered) -> set[str]:
        """Makes the unit; returns the paths of the templates that it comes from."""
        name = _name(release)
        objects = ChartObjects(release, self._look, self._tree.pod_templates)
        objects.add(rendered.objects)
        self._tree.sources.update(objects.sources)
        self._tree.rendered += objects.manifests
        settings = self._settings
        unit = Unit(
            name,
            objects.manifests,
            _NO_LAYOUT,
            complete=settings.complete,
            whole=True,
            external=settings.external,
            glimpses=objects.glimpses,
        )
        unit.found = "chart"
        unit.clusters = self._clusters.of_file(join(release.chart.folder, "Chart.yaml"))
        self._units.facts += self._clusters.facts(unit)
        values = [path.relative_to(self._scope.root).as_posix() for path in release.values]
        if any(path in values or _is_input(path, release.chart, objects) for path in self._scope.files):
            self._units.touched.add(name)
        return set(objects.sources)

    def _fail(self, release: Release, rendered: Rendered) -> None:
        name = _name(release)
        if rendered.wants_values and not release.configured:
            self._wanting += 1
            self._explain(release.chart.folder, f"its own values do not do: {rendered.failure}")
            return
        self._explain(release.chart.folder, "helm failed")
        node = self._place(release.chart, rendered.failure)
        self._tree.sources[node.path] = node.document.source
        if rendered.timed_out:
            words = {"seconds": f"{self._settings.render_seconds:g}"}
            issue = Issue(node, "timed-out", tool="helm", unit=name, **words)
        else:
            issue = Issue(node, "failed", tool="helm", unit=name, stderr=rendered.failure)
        self._units.hits.append(Hit(FAILED, issue, None, name))

    def _place(self, chart: Chart, words: str) -> Node:
        """The line of the template that Helm complains of, else the chart's name, else where its file starts."""
        where = _WHERE.search(words)
        if where is not None:
            source = chart.source(where[1].partition("/")[2])
            lines = source.lines
            if int(where[2]) <= len(lines) and source.text:
                line = lines[int(where[2]) - 1]
                start = source.line_starts[int(where[2]) - 1]
                return Place(Document(source, 0, len(source.text)), start + len(line) - len(line.lstrip()), start + len(line))
        name = chart.root.get("name") if chart.root is not None else None
        return name or Place(Document(chart.source("Chart.yaml"), 0, 0), 0, 0)

    def _explain(self, folder: str, why: str) -> None:
        """Says of a chart's templates why they are not linted."""
        self._retell(folder, f"a template of a Helm chart that is not rendered: {why}", frozenset())

    def _settle_skipped(self, folder: str, shown: set[str]) -> None:
        """Templates that gave objects are linted; the others gave nothing."""
        self._retell(folder, "a template that renders no object here, or only hooks", shown)

    def _retell(self, folder: str, detail: str, gone: set[str] | frozenset[str]) -> None:
        kept = []
        for one in self._tree.skipped:
            if one.reason is SkipReason.TEMPLATE and is_within(one.path, folder) and self._tree.layout.in_chart(one.path):
                if one.path in gone:
                    continue
                one = one._replace(detail=detail)
            kept.append(one)
        self._tree.skipped[:] = kept


def _is_input(path: str, chart: Chart, objects: ChartObjects) -> bool:
    """A file that a chart is made of, other than a template of which something is shown."""
    return is_within(path, chart.folder) and path not in objects.sources


def _name(release: Release) -> str:
    """The chart's folder, the values files it is rendered with, and under what name and where, as configured."""
    files = (path.relative_to(release.root).as_posix() for path in release.values)
    name = " + ".join((release.chart.folder or ".", *files))
    if release.name != release.chart.release:
        name += f" as {release.name}"
    return name if release.namespace == UNNAMED else f"{name} in {release.namespace}"

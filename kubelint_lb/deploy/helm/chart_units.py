"""The charts of one run: rendered, made units of, and what is said of those that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING

from kubelint_lb.deploy.cluster_name import NOWHERE, Clusters
from kubelint_lb.deploy.helm.chart_files import UnreadableChartError, read_chart
from kubelint_lb.deploy.helm.made import Made
from kubelint_lb.deploy.helm.objects import ChartObjects
from kubelint_lb.deploy.layout import Layout
from kubelint_lb.deploy.plan import RenderFailure
from kubelint_lb.deploy.skipped import SkipReason
from kubelint_lb.deploy.unit import Found, Unit
from kubelint_lb.deploy.unit_info import Absent, UnitInfo
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.stubs import Prefilter
from kubelint_lb.render.helm.chart import Chart
from kubelint_lb.render.helm.command import UNNAMED, Helm, HelmOutput, Release
from kubelint_lb.render.helm.values import VALUES_FILE, all_merged, is_on, plain, root_of
from kubelint_lb.source.files import read_file
from kubelint_lb.source.folders import is_within
from kubelint_lb.source.node import Document, Node, SourceText
from kubelint_lb.source.node import Mapping as MappingNode
from kubelint_lb.source.place import Location
from kubelint_lb.source.stretch import Stretch
from kubelint_lb.source.values import name_text

if TYPE_CHECKING:
    from kubelint_lb.deploy.clusters import ClusterMap
    from kubelint_lb.deploy.scope import Scope
    from kubelint_lb.deploy.tree import Tree
    from kubelint_lb.settings.settings import HelmSettings, Settings

SETTLED = Layout({}, frozenset())
_WHERE = re.compile(r"([^\s:()]+/templates/[^\s:()]+):(\d+)")


def folder_of(one: HelmSettings) -> str:
    """The folder of a configured chart as paths of the tree are written."""
    path = normpath(one.chart)
    return "" if path == "." else path


class ChartUnits:
    """The charts of one run."""

    def __init__(self, tree: Tree, settings: Settings, scope: Scope, prefilter: Prefilter, clusters: ClusterMap) -> None:
        self._tree = tree
        self._settings = settings
        self._scope = scope
        self._prefilter = prefilter
        self._clusters = clusters
        self._wanting = 0
        self._reduced: set[str] = set()
        self._skipped = list(tree.skipped)
        self._units: list[Unit] = []
        self._manifests: list[Manifest] = []
        self._sources: dict[str, SourceText] = {}
        self._told: dict[str, UnitInfo] = {}
        self._failures: list[RenderFailure] = []
        self._touched: set[str] = set()

    def render(self, helm: Helm, folders: Iterable[str]) -> Made:
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
        return Made(
            tuple(self._skipped),
            tuple(self._units),
            tuple(self._manifests),
            self._sources,
            tuple(self._told.values()),
            tuple(self._failures),
            tuple(self._notices()),
            frozenset(self._touched),
        )

    def _notices(self) -> Iterator[str]:
        if self._wanting:
            charts_need = "1 chart needs" if self._wanting == 1 else f"{self._wanting} charts need"
            yield f"{charts_need} values to be rendered: name values files under 'helm' in the configuration"
        if self._reduced:
            charts_are = "1 chart is" if len(self._reduced) == 1 else f"{len(self._reduced)} charts are"
            yield (
                f"{charts_are} rendered without dependencies that are not in the charts folder; what it refers to may be in "
                "those (`kubelint-lb units` lists them)"
            )

    def _chart(self, folder: str) -> Chart | None:
        try:
            chart = read_chart(self._scope.root, folder)
        except UnreadableChartError as error:
            self._explain(folder, str(error))
            return None
        return None if chart.library or not self._worth_it(chart) else chart

    def _worth_it(self, chart: Chart) -> bool:
        """Some template may hold an object that somebody reads; an archive may hold anything."""
        if any(name.startswith("charts/") and name.endswith(".tgz") for name in chart.files):
            return True
        templates = [name for name in chart.files if name.startswith("templates/") or "/templates/" in name]
        return any(self._prefilter(chart.text(name) or "") for name in templates)

    def _releases(self, chart: Chart) -> Iterator[Release]:
        root = self._scope.root
        files = reduced_files(chart)
        version = str(self._clusters.kubernetes(self._landing(chart, ())))
        yield Release(chart, root, chart.release, kubernetes=version, files=files)
        for one in self._settings.helm:
            if folder_of(one) == chart.folder:
                values = tuple(root / normpath(value) for value in one.values)
                name, namespace = one.release or chart.release, one.namespace or UNNAMED
                version = str(self._clusters.kubernetes(self._landing(chart, values)))
                yield Release(chart, root, name, namespace, values, version, configured=True, files=files)

    def _landing(self, chart: Chart, values: Iterable[Path]) -> Clusters:
        """Where the configuration says that a chart lands, or that values of it do."""
        paths = (chart.path, *(path.relative_to(self._scope.root).as_posix() for path in values))
        return NOWHERE.union(*map(self._clusters.of_file, paths))

    def _unit(self, release: Release, rendered: HelmOutput) -> set[str]:
        """Makes the unit; returns the paths of the templates that it comes from."""
        name = _name(release)
        layers = _layers(release)
        objects = ChartObjects(release, self._prefilter, self._tree.pod_templates, layers)
        objects.add(rendered.objects)
        self._sources.update(objects.sources)
        self._manifests += objects.manifests
        absent = absent_charts(release.chart, all_merged(map(plain, layers)))
        if absent:
            self._reduced.add(release.chart.folder)
        settings = self._settings
        unit = Unit(
            name,
            tuple(objects.manifests),
            SETTLED,
            Found.CHART,
            complete=settings.complete,
            whole=True,
            external=tuple(settings.external),
            stubs=tuple(objects.stubs),
            left_out=bool(absent),
            clusters=self._landing(release.chart, release.values),
        )
        self._units.append(unit)
        self._told[name] = UnitInfo(name, Found.CHART, "helm", {}, absent)
        values = [path.relative_to(self._scope.root).as_posix() for path in release.values]
        if any(path in values or _is_input(path, release.chart, objects) for path in self._scope.files):
            self._touched.add(name)
        return set(objects.sources)

    def _fail(self, release: Release, rendered: HelmOutput) -> None:
        name = _name(release)
        if release.files is not None and not rendered.timed_out:
            lacking = ", ".join(chart_name(one) for one in release.chart.missing())
            self._explain(release.chart.folder, f"its charts folder lacks {lacking}, and without: {rendered.failure}", name)
            return
        if rendered.wants_values and not release.configured:
            self._wanting += 1
            self._explain(release.chart.folder, f"its own values do not do: {rendered.failure}", name)
            return
        self._explain(release.chart.folder, "helm failed", name)
        node = self._place(release.chart, rendered.failure)
        self._sources[node.path] = node.document.source
        if rendered.timed_out:
            words = {"tool": "helm", "unit": name, "seconds": f"{self._settings.render_seconds:g}"}
            self._failures.append(RenderFailure(name, node, "timed-out", words))
        else:
            words = {"tool": "helm", "unit": name, "stderr": rendered.failure}
            self._failures.append(RenderFailure(name, node, "failed", words))

    def _place(self, chart: Chart, words: str) -> Node:
        """The line of the template that Helm complains of, else the chart's name, else where its file starts."""
        where = _WHERE.search(words)
        if where is not None:
            source = chart.source(where[1].partition("/")[2])
            lines = source.lines
            if int(where[2]) <= len(lines) and source.text:
                line = lines[int(where[2]) - 1]
                start = source.line_starts[int(where[2]) - 1]
                document, end = Document(source, 0, len(source.text)), start + len(line)
                return Stretch(document, end - len(line.lstrip()), end)
        name = chart.root.get("name") if chart.root is not None else None
        return name or Stretch(Document(chart.source("Chart.yaml"), 0, 0), 0, 0)

    def _explain(self, folder: str, why: str, unit: str | None = None) -> None:
        """Says of a chart's templates why they are not linted."""
        name = unit if unit is not None else folder or "."
        self._told[name] = UnitInfo(name, Found.CHART, "not rendered", {}, why=why)
        self._retell(folder, f"a template of a Helm chart that is not rendered: {why}", frozenset())

    def _settle_skipped(self, folder: str, shown: set[str]) -> None:
        """Templates that gave objects are linted; the others gave nothing."""
        self._retell(folder, "a template that renders no object here, or only hooks", shown)

    def _retell(self, folder: str, detail: str, gone: set[str] | frozenset[str]) -> None:
        kept = []
        for one in self._skipped:
            if one.reason is SkipReason.TEMPLATE and is_within(one.path, folder) and self._tree.layout.in_chart(one.path):
                if one.path in gone:
                    continue
                one = one._replace(detail=detail)
            kept.append(one)
        self._skipped = kept


def reduced_files(chart: Chart) -> Mapping[str, bytes] | None:
    """The chart less the dependencies that are not here; None where nothing is missing. Helm renders no other chart."""
    missing = chart.missing()
    try:
        return chart.files_without(missing) if missing else None
    except ValueError:  # what JSON cannot say, Helm shall complain of
        return None


def absent_charts(chart: Chart, values: Mapping[str, object]) -> tuple[Absent, ...]:
    """The dependencies of a chart that are not here and that its values leave on."""
    return tuple(
        Absent(f"the chart {chart_name(one)}", Location(chart.path, one.span)) for one in chart.missing() if is_on(one, values)
    )


def _layers(release: Release) -> list[MappingNode]:
    """The values of a release, each over those before."""
    chart = release.chart
    texts = [(chart.text(VALUES_FILE) or "", chart.path_of(VALUES_FILE))]
    texts += [(_text(path), path.relative_to(release.root).as_posix()) for path in release.values]
    return [root for text, path in texts if (root := root_of(text, path)) is not None]


def chart_name(dependency: MappingNode) -> str:
    """The name in an entry of a chart's dependencies."""
    return name_text(dependency.get("name")) or ""


def _text(path: Path) -> str:
    try:
        return read_file(path).decode("utf-8", "replace")
    except OSError:
        return ""


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

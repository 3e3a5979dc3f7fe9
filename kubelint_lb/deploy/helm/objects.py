"""The objects that Helm printed, as manifests whose nodes lead to the templates they come from."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

from kubelint_lb.kube.kinds import POD_TEMPLATES, PodTemplates
from kubelint_lb.kube.kube_proxy_data import embedded_manifests
from kubelint_lb.kube.manifest import Manifest, manifests_of
from kubelint_lb.kube.stubs import ObjectStub, Prefilter, stub
from kubelint_lb.render.helm.chart import Chart
from kubelint_lb.render.helm.command import UNNAMED, Release
from kubelint_lb.render.helm.trace import Template, TemplateTrace, written_at
from kubelint_lb.render.helm.values import VALUES_FILE, root_of
from kubelint_lb.render.helm.values_trace import Subchart, ValuesTrace
from kubelint_lb.render.origin import Locate, RenderedDocument, adopt, located
from kubelint_lb.source.names import CHART_FILE
from kubelint_lb.source.node import Document, Mapping, Node, SourceText
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.steps import Way
from kubelint_lb.source.stretch import Stretch


class Host(NamedTuple):
    """The object that installs a chart which is not of this tree: findings point into it. `object` and `chart` are the places
    of itself and of the chart's name, in source files."""

    object: Node
    chart: Node


class ChartObjects:
    """Collects the objects of one release. `sources` are the templates they come from, by path relative to the root.

    `values` are its layers of values, in files that people see. Without a `host` findings point at the templates.
    """

    def __init__(
        self,
        release: Release,
        prefilter: Prefilter,
        pod_templates: PodTemplates = POD_TEMPLATES,
        values: Sequence[Mapping] = (),
        host: Host | None = None,
    ) -> None:
        self._pod_templates = pod_templates
        self._chart = release.chart
        self._prefilter = prefilter
        self._host = host
        self._values = ValuesTrace(values)
        self._templates: dict[str, Template | Node] = {}
        self._subcharts: dict[str, Subchart] = {}
        self.manifests: list[Manifest] = []
        self.stubs: list[ObjectStub] = []
        self.sources: dict[str, SourceText] = {}
        # Some objects are not known as they will be.
        self.unsure = False

    def add(self, objects: Sequence[tuple[str, str]], certain: Container[int] | None = None) -> None:
        """Takes in what came from templates, as Helm names them (`shop/templates/service.yaml`). Where indexes are given as
        `certain`, only the identities of the others are taken."""
        for index, (name, text) in enumerate(objects):
            template = self._template(name)
            path = template.path if isinstance(template, Node) else template.document.source.path
            if self._host is not None:
                path = self._host.chart.path
            unsure = certain is not None and index not in certain
            self.unsure = self.unsure or unsure
            for document in parse_text(text, path, self._prefilter):
                if document.root is None or unsure:
                    self.stubs.append(_unplaced(stub(document.text, path)))
                else:
                    self._take(document, document.root, template, self._subcharts[name])

    def _take(self, document: Document, root: Node, template: Template | Node, subchart: Subchart) -> None:
        rendered = self._document(document, root, template, subchart)
        adopt(document, rendered)
        for manifest in manifests_of(rendered, self._pod_templates):
            self.manifests.append(_unplaced_manifest(manifest))
            if manifest.kind == "ConfigMap" and "KubeProxyConfiguration" in document.text:
                self.manifests += embedded_manifests(manifest)

    def _document(self, document: Document, root: Node, template: Template | Node, subchart: Subchart) -> RenderedDocument:
        source, base, end = document.source, document.base, document.end
        trace = None if isinstance(template, Node) else template.trace(root)
        printed = self._printed(trace, subchart)
        if self._host is not None:
            locate = self._in_host(self._host, printed)
            return RenderedDocument(source, base, end, source.path, self._host.chart, locate)
        if trace is None:
            place = template if isinstance(template, Node) else Stretch(template.document, 0, 0)
            return RenderedDocument(source, base, end, source.path, place, lambda _way, _node: None)
        return RenderedDocument(source, base, end, source.path, trace.object_place, trace.locate, printed)

    def _printed(self, trace: TemplateTrace | None, subchart: Subchart) -> Locate:
        """Finds the value that the template prints at a place."""

        def find(way: Way, node: Node) -> Node | None:
            place = trace.locate(way, node) if trace is not None else None
            found = self._values.printed(written_at(place), way, node, subchart) if place is not None else None
            return located(found) if found is not None else None

        return find

    def _in_host(self, host: Host, printed: Locate) -> Locate:
        """Finds the value that the object which installs the chart gives."""

        def find(way: Way, node: Node) -> Node | None:
            if not way.steps:
                return host.object
            found = printed(way, node)
            if found is None:
                alike = self._values.alike(way, node)
                found = located(alike) if alike is not None else None
            return found

        return find

    def _template(self, name: str) -> Template | Node:
        """The template that Helm calls so; for one inside an archive, where the chart is depended on."""
        found = self._templates.get(name)
        if found is None:
            file, subcharts = _file(self._chart, name.partition("/")[2])
            if file is not None:
                source = self._chart.source(file)
                found = Template(source)
            else:
                found = _dependency(self._chart, subcharts)
                source = found.document.source
            self._templates[name] = found
            self._subcharts[name] = self._values_of(subcharts)
            if self._host is None:
                self.sources[source.path] = source
        return found

    def _values_of(self, subcharts: list[str]) -> Subchart:
        """Where a subchart has its values; those of its own file, too, where people see that."""
        if not subcharts or self._host is not None:
            return Subchart(tuple(subcharts))
        folder = self._chart.folder_of(subcharts[0])
        file = f"{folder}/{VALUES_FILE}"
        text = self._chart.text(file) if folder is not None and len(subcharts) == 1 else None
        return Subchart(tuple(subcharts), root_of(text, self._chart.path_of(file)) if text is not None else None)


def _unplaced(one: ObjectStub) -> ObjectStub:
    return one._replace(namespace=None) if one.namespace == UNNAMED else one


def _unplaced_manifest(manifest: Manifest) -> Manifest:
    """Where nobody named a namespace, the objects have none."""
    if manifest.namespace == UNNAMED:
        manifest.namespace = None
    return manifest


def _file(chart: Chart, name: str) -> tuple[str | None, list[str]]:
    """The chart's file for a template as Helm names it, less the chart's own name, and the subcharts on the way.

    Helm names subcharts by alias or name, whatever their folder is called.
    """
    subcharts = []
    if name in chart.files:
        return name, []
    parts = name.split("/")
    if len(parts) > 2 and parts[0] == "charts":
        subcharts.append(parts[1])
        folder = chart.folder_of(parts[1])
        file = "/".join((folder, *parts[2:])) if folder else None
        if file in chart.files:
            return file, subcharts
    return None, subcharts


def _dependency(chart: Chart, subcharts: list[str]) -> Node:
    """The entry that brings in a subchart, else the chart's name, else the start of its file."""
    dependency = chart.dependency(subcharts[0]) if subcharts else None
    name = dependency.get("name") if dependency is not None else chart.root and chart.root.get("name")
    return name or Stretch(Document(chart.source(CHART_FILE), 0, 0), 0, 0)

"""The objects that Helm printed, as manifests whose nodes lead to the templates they come from."""

from __future__ import annotations

from collections.abc import Iterable

from kubelint_lb.model.glimpse import Glimpse, Look, glimpse
from kubelint_lb.model.kinds import POD_TEMPLATES, PodTemplates
from kubelint_lb.model.kube_proxy_data import embedded_manifests
from kubelint_lb.model.manifest import Manifest, manifests_of
from kubelint_lb.render.chart import CHART_FILE, Chart
from kubelint_lb.render.helm import UNNAMED, Release
from kubelint_lb.render.origin import RenderedDocument, adopt
from kubelint_lb.render.template import Place
from kubelint_lb.render.trace import Template
from kubelint_lb.source.node import Document, Node, SourceText
from kubelint_lb.source.parse import parse_text


class ChartObjects:
    """Collects the objects of one release. `sources` are the templates they come from, by path relative to the root."""

    def __init__(self, release: Release, look: Look, pod_templates: PodTemplates = POD_TEMPLATES) -> None:
        self._pod_templates = pod_templates
        self._chart = release.chart
        self._look = look
        self._templates: dict[str, Template | Node] = {}
        self.manifests: list[Manifest] = []
        self.glimpses: list[Glimpse] = []
        self.sources: dict[str, SourceText] = {}

    def add(self, objects: Iterable[tuple[str, str]]) -> None:
        """Takes in what came from templates, as Helm names them (`shop/templates/service.yaml`)."""
        for name, text in objects:
            template = self._template(name)
            path = template.path if isinstance(template, Node) else template.document.source.path
            for document in parse_text(text, path, self._look):
                if document.root is None:
                    self.glimpses.append(_unplaced(glimpse(document.text, path)))
                else:
                    self._take(document, document.root, template)

    def _take(self, document: Document, root: Node, template: Template | Node) -> None:
        source = document.source
        if isinstance(template, Node):
            rendered = RenderedDocument(source, document.base, document.end, template.path, template, lambda _way, _node: None)
        else:
            trace = template.trace(root)
            path = template.document.source.path
            rendered = RenderedDocument(source, document.base, document.end, path, trace.object_place, trace.locate)
        adopt(document, rendered)
        for manifest in manifests_of(rendered, self._pod_templates):
            self.manifests.append(_unplaced_manifest(manifest))
            if manifest.kind == "ConfigMap" and "KubeProxyConfiguration" in document.text:
                self.manifests += embedded_manifests(manifest)

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
            self.sources[source.path] = source
        return found


def _unplaced(one: Glimpse) -> Glimpse:
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
        dependency = chart.dependency(parts[1])
        said = dependency.get("name") if dependency is not None else None
        folder = chart.subcharts.get(getattr(said, "text", parts[1]))
        file = "/".join((folder, *parts[2:])) if folder else None
        if file in chart.files:
            return file, subcharts
    return None, subcharts


def _dependency(chart: Chart, subcharts: list[str]) -> Node:
    """The entry that brings in a subchart, else the chart's name, else the start of its file."""
    dependency = chart.dependency(subcharts[0]) if subcharts else None
    name = dependency.get("name") if dependency is not None else chart.root and chart.root.get("name")
    return name or Place(Document(chart.source(CHART_FILE), 0, 0), 0, 0)

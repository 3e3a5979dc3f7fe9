"""What Argo CD's Applications, and those that ApplicationSets make, apply from the repository, and where to.

Source: Argo CD, docs/user-guide (application-specification, directory, kustomize, multiple_sources), reposerver and controller: a
source is rendered by the tool it names, else by what lies in its folder; objects without a namespace then get that of the
destination, if their kind has one.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from kubelint_lb.deploy.argocd.application_sets import Generated, Generators
from kubelint_lb.deploy.argocd.fields import Fields
from kubelint_lb.deploy.argocd.helm import Charted, ChartSources
from kubelint_lb.deploy.argocd.kustomize import fields, is_understood
from kubelint_lb.deploy.argocd.template import filled
from kubelint_lb.deploy.cluster_name import NOWHERE, ClusterName, Clusters
from kubelint_lb.deploy.flux.kustomizations import add_way
from kubelint_lb.deploy.repository import Lies, ThisRepository
from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.values import boolean, mappings, name_text
from kubelint_lb.render.kustomize.closure import Applied, Applier, Directory
from kubelint_lb.source.node import Mapping as MappingNode
from kubelint_lb.source.node import Node, to_python
from kubelint_lb.source.placeholder import has_placeholder, is_open

APPLICATION, APPLICATION_SET = KINDS["Application"], KINDS["ApplicationSet"]
_TOOLS = ("kustomize", "helm", "directory", "plugin")
_NAMED, _ADDRESSED = "argocd", "argocd server"
# The cluster that Argo CD itself runs in, by its name and by its address.
_HOME: Clusters = frozenset({ClusterName(_NAMED, "in-cluster"), ClusterName(_ADDRESSED, "https://kubernetes.default.svc")})
_OVERRIDES = (".argocd-source.yaml", ".argocd-source-{0}.yaml")


class Source(NamedTuple):
    """A folder that an Application applies, and how."""

    folder: str
    applied: Applied


class Application(NamedTuple):
    """One Application, written or generated. `whole`: its sources and charts say all that it applies; else more objects may
    come into `namespaces` (an empty one: nobody knows which)."""

    sources: tuple[Source, ...]
    whole: bool
    namespaces: tuple[str, ...]
    charts: tuple[Charted, ...] = ()


class ArgoCD:
    """The Applications of a tree. `manifests` may hold anything; `repository` is what lies beside them."""

    def __init__(self, manifests: Iterable[Manifest], repository: ThisRepository) -> None:
        self._repository = repository
        self._manifests = [one for one in manifests if one.identity in {APPLICATION, APPLICATION_SET}]
        self._read: dict[tuple[int, bool], tuple[Manifest, tuple[Application, ...]]] = {}
        self._clusters: dict[Applier, Clusters] = {}
        # The folders, and the ways they are applied, of which all objects are known.
        self.units: Mapping[str, Collection[Applied]] = {}
        # The charts of which all objects are known.
        self.rendered: list[Charted] = []
        self._charts = ChartSources(repository)
        for manifest in self._manifests:
            _hear(manifest, repository)

    def add_to(self, found: dict[str, list[Applied]]) -> None:
        """Adds how each folder is applied, in order of reading, to what others do."""
        for manifest in self._manifests:
            for source in (one for application in self.of(manifest) for one in application.sources):
                add_way(found.setdefault(source.folder, []), source.applied)

    def opened(self, manifest: Manifest) -> Iterator[str | None]:
        """The namespaces that more objects come into than those of the units that `units` names; None: nobody knows which."""
        for one in self.of(manifest):
            if not one.whole or not all(map(self._is_unit, one.sources)) or not all(map(self._is_rendered, one.charts)):
                yield from (name or None for name in one.namespaces)

    def _is_unit(self, source: Source) -> bool:
        return any(way.is_like(source.applied) for way in self.units.get(source.folder, ()))

    def _is_rendered(self, chart: Charted) -> bool:
        return any(one is chart for one in self.rendered)

    def of(self, manifest: Manifest) -> tuple[Application, ...]:
        """What an Application or ApplicationSet makes; the manifest may be one that was rendered."""
        key = (id(manifest.node), manifest.patched)
        if key not in self._read:
            self._read[key] = (manifest, tuple(self._applications(manifest)))
        return self._read[key][1]

    def clusters(self, appliers: Collection[Applier]) -> Clusters:
        """Where what these apply lands; none where that is not known of all. Every Argo CD calls its own cluster the same: only
        one that applies to others, too, is taken for the only one."""
        found = [self._clusters.get(one, NOWHERE) for one in appliers]
        if not all(found) or set(self._clusters.values()) <= {_HOME, NOWHERE}:
            return NOWHERE
        return NOWHERE.union(*found)

    def _applications(self, manifest: Manifest) -> Iterator[Application]:
        spec = manifest.node.get("spec")
        if manifest.identity == APPLICATION:
            yield self._application(manifest, Fields((spec,)), manifest.name, sure=not manifest.patched)
            return
        template = manifest.node.get("spec", "template")
        go = boolean(manifest.node.get("spec", "goTemplate")) is True
        nested = boolean(manifest.node.get("spec", "applyNestedSelectors")) is True
        generators = Generators(self._repository, go=go, nested_selectors=nested)
        sure = not manifest.patched and not name_text(manifest.node.get("spec", "templatePatch"))
        for entry in mappings(manifest.node.get("spec", "generators")):
            own = next((one.get("template") for one in entry.entries.values() if isinstance(one, MappingNode)), None)
            for one in generators.of(entry):
                written = Fields((own, template), _filling(one, go=go))
                name = written.text("metadata", "name")
                yield self._application(manifest, written.at("spec"), name, sure=sure and one.sure)

    def _application(self, manifest: Manifest, spec: Fields, name: str, *, sure: bool) -> Application:
        destination = spec.text("destination", "namespace")
        by = Applier(_title(manifest, name), _place(manifest, spec))
        cluster = clusters_of(spec)
        self._clusters[by] = cluster if self._clusters.get(by, cluster) == cluster else NOWHERE
        sources: list[Source] = []
        charts: list[Charted] = []
        whole, namespaces = sure, [destination]
        for one in sources_of(spec):
            if one.text("ref") and not one.text("path") and not one.text("chart"):
                continue  # only lends its values files to others
            chart = self._charted(one, spec, by, name)
            found = self._source(one, destination, name, by) if chart is None else None
            whole = whole and (chart.here if chart is not None else found is not None and found[1])
            charts += [chart] if chart is not None else []
            sources += [found[0]] if found is not None else []
            namespaces += filter(None, (one.text("kustomize", "namespace"), one.text("helm", "namespace")))
        known = ("" if is_open(one) else one for one in namespaces)
        return Application(tuple(sources), whole, tuple(dict.fromkeys(known)), tuple(charts))

    def _charted(self, source: Fields, spec: Fields, by: Applier, name: str) -> Charted | None:
        folder = self._repository.folder(source.text("path"))
        tool = self._tool(source, folder) if folder is not None else ""
        overrides = (posixpath.join(folder or "", one.format(name)) for one in _OVERRIDES)
        chart = self._charts.of(source, sources_of(spec), tool, by)
        if chart is None or any(path in self._repository.files for path in overrides):
            return None
        release = source.text("helm", "releaseName") or name
        namespace = source.text("helm", "namespace") or spec.text("destination", "namespace")
        return chart._replace(release=release, namespace=namespace, clusters=clusters_of(spec))

    def _source(self, source: Fields, destination: str, name: str, by: Applier) -> tuple[Source, bool] | None:
        """The folder, and whether this says all; None where it is none of this repository, or nobody knows what is made of it."""
        path = source.text("path")
        lies = self._repository.lies(source.text("repoURL"), source.text("targetRevision"))
        folder = None if has_placeholder(path) or source.text("chart") else self._repository.folder(path)
        if folder is None or folder not in self._repository.folders or lies is Lies.ELSEWHERE:
            return None
        if not folder and lies is not Lies.HERE:  # every repository has a top
            return None
        tool = self._tool(source, folder)
        known = (lies is Lies.HERE) and tool != "plugin"
        into = None if is_open(destination) else destination or None
        applied = Applied(by=(by,), inputs=frozenset({by.node.path}), destination=into)
        if tool == "directory":
            options = source.at("directory")
            how = Directory(options.flag("recurse"), options.text("include"), options.text("exclude"))
            return Source(folder, applied._replace(directory=how)), known and not options.filled("jsonnet")
        if tool not in {"kustomize", "plugin"} or folder not in self._repository.layout.kustomizations:
            return None
        kustomized = self._kustomized(applied, source.at("kustomize"), folder, name)
        return Source(folder, kustomized), known and not kustomized.altered

    def _tool(self, source: Fields, folder: str) -> str:
        """What renders a folder: what the source names, else what lies in it."""
        named = [one for one in _TOOLS if source.has(one)]
        if named:
            return named[0] if len(named) == 1 else ""
        layout = self._repository.layout
        if folder in layout.kustomizations:
            return "kustomize"
        return "helm" if folder in layout.charts else "directory"

    def _kustomized(self, applied: Applied, options: Fields, folder: str, name: str) -> Applied:
        kustomizations = self._repository.layout.kustomizations
        own = kustomizations[folder]
        written = tuple(fields(options, lambda path: own.local(path) in kustomizations))
        files = [posixpath.join(folder, one.format(name)) for one in _OVERRIDES]
        found = [path for path in files if path in self._repository.files]
        altered = not is_understood(options) or not all(map(self._only_images, found))
        return applied._replace(fields=written, altered=altered, inputs=applied.inputs | {*found})

    def _only_images(self, path: str) -> bool:
        """A file of overrides names images only, as image updaters write them."""
        data = to_python(self._repository.read(path))
        options = data.get("kustomize") if isinstance(data, dict) and set(data) == {"kustomize"} else None
        return isinstance(options, dict) and set(options) == {"images"}


def sources_of(spec: Fields) -> list[Fields]:
    """The sources of an Application: several, one, or the one that is hydrated."""
    several = spec.items("sources")
    return several or [one for one in (spec.at("source"), spec.at("sourceHydrator", "drySource")) if one.names()][:1]


def clusters_of(spec: Fields) -> Clusters:
    """The cluster of the destination; none where that is not known. A name and an address say nothing of each other."""
    name, server = spec.text("destination", "name"), spec.text("destination", "server").rstrip("/")
    pairs = ((_NAMED, name), (_ADDRESSED, server))
    found = frozenset(ClusterName(told_by, one) for told_by, one in pairs if one and not has_placeholder(one))
    return found if found.isdisjoint(_HOME) else _HOME


def _hear(manifest: Manifest, repository: ThisRepository) -> None:
    """Tells the repository which addresses are said to hold its paths."""
    is_set = manifest.identity == APPLICATION_SET
    for source in sources_of(Fields((manifest.node.get(*(("spec", "template") if is_set else ()), "spec"),))):
        repository.hear(source.text("repoURL"), source.text("path").partition("{{")[0])
    for generator in _git_generators(manifest.node.get("spec", "generators")) if is_set else ():
        for entry in (*generator.items("directories"), *generator.items("files")):
            literal = entry.text("path").partition("{{")[0].partition("*")[0]
            repository.hear(generator.text("repoURL"), literal.rpartition("/")[0])


def _git_generators(node: Node | None, depth: int = 0) -> Iterator[Fields]:
    for entry in mappings(node) if depth < 4 else ():
        if isinstance(git := entry.get("git"), MappingNode):
            yield Fields((git,))
        for name in ("matrix", "merge"):
            yield from _git_generators(entry.get(name, "generators"), depth + 1)


def _filling(one: Generated, *, go: bool) -> Callable[[str], str]:
    return lambda text: filled(text, one.values, go=go)


def _title(manifest: Manifest, name: str) -> str:
    return f"Application {manifest.namespace}/{name}" if manifest.namespace else f"Application {name}"


def _place(manifest: Manifest, spec: Fields) -> Node:
    """Where it names what it applies; where it does not, its own name."""
    sources = sources_of(spec)
    return (sources[0].at("path").node if sources else None) or manifest.name_node

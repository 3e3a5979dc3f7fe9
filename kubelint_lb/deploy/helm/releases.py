"""What a HelmRelease installs: which chart, with which values, under which name and where. All of it, or why that is unknown.

Source: https://fluxcd.io/flux/components/helm/helmreleases/
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.deploy.helm.chart_files import UnreadableChartError, read_chart
from kubelint_lb.deploy.helm.chart_units import reduced_files
from kubelint_lb.deploy.helm.installed import Installed, UnknownError, check_release, json_of, place_of
from kubelint_lb.deploy.helm.local_charts import LocalCharts, Shelved
from kubelint_lb.deploy.helm.release_values import values_of
from kubelint_lb.kube.kinds import GroupKind
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.render.helm.chart import Chart
from kubelint_lb.render.helm.values import VALUES_FILE, all_merged, plain, root_of
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.placeholder import is_open
from kubelint_lb.source.values import boolean, items, name_text

if TYPE_CHECKING:
    from kubelint_lb.deploy.kustomize.overlays import Overlay
    from kubelint_lb.deploy.written import Written

_SOURCES = "source.toolkit.fluxcd.io"
# Sources that hold folders of files, so that a chart in them goes by its path.
_FOLDERS = frozenset({"GitRepository", "Bucket"})
# Helm's limit for names of releases, and how many digits of a digest tell shortened ones apart.
_LONGEST_NAME, _DIGITS = 53, 12


class _Wanted(NamedTuple):
    """The chart that a HelmRelease asks for: its name or path, a version or range, and values files instead of its own."""

    chart: str
    version: str
    folders: bool
    node: Node
    values_files: tuple[str, ...] = ()
    may_lack_files: bool = False


class Releases:
    """Works out HelmReleases of one tree. `charts` are the folders with charts in it, `shelf` the charts that are not of it."""

    def __init__(self, root: Path, charts: frozenset[str], shelf: LocalCharts | None, written: Written) -> None:
        self._root = root
        self._charts = charts
        self._shelf = shelf
        self._written = written

    def installed(self, manifest: Manifest, overlay: Overlay | None) -> Installed | None:
        """What a HelmRelease installs; None where its chart is looked for nowhere. Raises UnknownError."""
        wanted = self._wanted(manifest, overlay)
        folder = normpath(wanted.chart) if wanted.folders else None
        local = folder is not None and ("" if folder == "." else folder) in self._charts
        if not local and self._shelf is None:
            return None
        _check(manifest)
        shelved = self._local(folder) if local and folder is not None else self._shelved(wanted)
        chart = shelved.chart
        if chart.library:
            raise UnknownError(f"{chart.name} is a library, which cannot be installed")
        base = [root for root in self._base(chart, wanted) if root is not None]
        files = reduced_files(chart) or (chart.files if shelved.packed else None)
        if wanted.values_files:
            files = {**(files or chart.files), VALUES_FILE: json_of(all_merged(map(plain, base))).encode()}
        values = values_of(manifest, self._written, overlay)
        if local:
            values = values._replace(layers=(*base, *values.layers), inputs=values.inputs | set(wanted.values_files))
        name, namespace = _name(manifest), _namespace(manifest)
        return Installed(manifest, chart, shelved.root, name, namespace, values, wanted.node, local, files)

    def _wanted(self, manifest: Manifest, overlay: Overlay | None) -> _Wanted:
        reference = manifest.node.get("spec", "chartRef")
        if isinstance(reference, Mapping):
            return self._referred(reference, manifest, overlay)
        spec = manifest.node.get("spec", "chart", "spec")
        if not isinstance(spec, Mapping):
            raise UnknownError("it names no chart")
        return _of_spec(spec)

    def _referred(self, reference: Mapping, manifest: Manifest, overlay: Overlay | None) -> _Wanted:
        """The chart behind a `chartRef`."""
        kind, name = name_text(reference.get("kind")) or "", name_text(reference.get("name")) or ""
        namespace = name_text(reference.get("namespace")) or manifest.namespace
        source = self._written.find(GroupKind(_SOURCES, kind), name, manifest, namespace, overlay)
        if source is None:
            raise UnknownError(f"its chart is that of the {kind} {name}, which is not to be seen here")
        node = reference.get("name") or reference
        if kind == "HelmChart":
            spec = source.node.get("spec")
            if not isinstance(spec, Mapping):
                raise UnknownError(f"the {kind} {name} names no chart")
            return _of_spec(spec)._replace(node=node)
        url = name_text(source.node.get("spec", "url")) or ""
        ref = source.node.get("spec", "ref")
        said = [name_text(ref.get(field)) for field in ("semver", "tag")] if isinstance(ref, Mapping) else []
        version = next(filter(None, said), None)
        if version is None and isinstance(ref, Mapping) and ref.get("digest") is not None:
            raise UnknownError(f"the {kind} {name} names its chart by a digest, not by a version")
        return _Wanted(url.rstrip("/").rpartition("/")[2], version or "", folders=False, node=node)

    def _local(self, folder: str) -> Shelved:
        try:
            return Shelved(read_chart(self._root, "" if folder == "." else folder), self._root, packed=False)
        except UnreadableChartError as error:
            raise UnknownError(str(error)) from None

    def _shelved(self, wanted: _Wanted) -> Shelved:
        if wanted.folders:
            raise UnknownError(f"its chart is the folder {wanted.chart} of a repository that is not here")
        if self._shelf is None or is_open(wanted.chart) or is_open(wanted.version):
            raise UnknownError("which chart it installs is not known")
        try:
            found = self._shelf.find(wanted.chart.rstrip("/").rpartition("/")[2], wanted.version)
        except UnreadableChartError as error:
            raise UnknownError(str(error)) from None
        if found is None:
            raise UnknownError(f"the folder of charts has no {wanted.chart} {wanted.version}".rstrip())
        return found

    def _base(self, chart: Chart, wanted: _Wanted) -> Iterator[Mapping | None]:
        """What the chart has for values of its own: the named files, which in a source of folders go by its root."""
        if not wanted.values_files:
            yield root_of(chart.text(VALUES_FILE) or "", chart.path_of(VALUES_FILE))
        for path in map(normpath, wanted.values_files):
            text = self._written.read(path) if wanted.folders else chart.text(path)
            if text is None and not wanted.may_lack_files:
                raise UnknownError(f"its chart has no values file {path}")
            yield root_of(text or "", path)


def _of_spec(spec: Mapping) -> _Wanted:
    chart = name_text(spec.get("chart")) or ""
    source = name_text(spec.get("sourceRef", "kind"))
    files = tuple(filter(None, map(name_text, items(spec.get("valuesFiles")))))
    may_lack = boolean(spec.get("ignoreMissingValuesFiles")) is True
    version = name_text(spec.get("version")) or ""
    return _Wanted(chart, version, source in _FOLDERS, spec.get("chart") or spec, files, may_lack)


def _check(manifest: Manifest) -> None:
    """Raises UnknownError where the object says too little, or that it is for somewhere else."""
    if manifest.patched:
        raise UnknownError("a kustomization that is not rendered may change it")
    if isinstance(manifest.node.get("spec", "kubeConfig"), Mapping):
        raise UnknownError("it is for another cluster (kubeConfig)")
    check_release(_name(manifest))


def _name(manifest: Manifest) -> str:
    spec = manifest.node.get("spec")
    said, namespace = (name_text(spec.get(field)) if spec is not None else None for field in ("releaseName", "targetNamespace"))
    name = said or (f"{namespace}-{manifest.name}" if namespace else manifest.name)
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[: _LONGEST_NAME - _DIGITS - 1]}-{sha256(name.encode()).hexdigest()[:_DIGITS]}"


def _namespace(manifest: Manifest) -> str:
    return place_of(name_text(manifest.node.get("spec", "targetNamespace")) or manifest.namespace)

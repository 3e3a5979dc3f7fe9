"""What HelmReleases install becomes units beside those that hold them: their charts are here, so nobody has to guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.engine.chart_objects import ChartObjects, Host
from kubelint_lb.engine.chart_shelf import ChartShelf
from kubelint_lb.engine.chart_units import SETTLED, absent_charts
from kubelint_lb.engine.finding import SkipReason
from kubelint_lb.engine.helm_releases import Installed, Releases, json_of
from kubelint_lb.engine.prerendered import mark_as_written
from kubelint_lb.engine.release_values import UnknownError
from kubelint_lb.engine.settle import location
from kubelint_lb.engine.survey import Absent, UnitInfo
from kubelint_lb.engine.written import Written
from kubelint_lb.model.cluster import Cluster
from kubelint_lb.model.glimpse import Glimpse, Look
from kubelint_lb.model.kinds import KINDS
from kubelint_lb.model.manifest import Manifest
from kubelint_lb.model.unit import Unit
from kubelint_lb.render.chart_values import VALUES_FILE, Values, merged, plain, root_of
from kubelint_lb.render.helm import UNNAMED, Helm, Release, Rendered
from kubelint_lb.render.inprocess import CLUSTER_SCOPED
from kubelint_lb.render.origin import located
from kubelint_lb.render.probes import Probe, certain, probes_of
from kubelint_lb.source.values import items

if TYPE_CHECKING:
    from kubelint_lb.engine.helm_units import HelmUnits
    from kubelint_lb.engine.read import Tree
    from kubelint_lb.engine.roots import Scope
    from kubelint_lb.engine.settings import Settings
    from kubelint_lb.engine.units import Division


class _Job(NamedTuple):
    """One HelmRelease that can be rendered, and the unit that holds it; with its own values first, then those of probes."""

    installed: Installed
    holder: Unit
    name: str
    releases: tuple[Release, ...]
    probes: tuple[Probe, ...]


class ReleaseUnits:
    """The HelmReleases of one run."""

    def __init__(self, tree: Tree, settings: Settings, scope: Scope, look: Look, division: Division, units: HelmUnits) -> None:
        self._tree = tree
        self._settings = settings
        self._scope = scope
        self._look = look
        self._division = division
        self._units = units
        shelf = ChartShelf(settings.charts) if settings.charts is not None else None
        self._releases = Releases(scope.root, tree.layout.charts, shelf, Written(tree, scope.root))
        self._names = Counter((one.namespace, one.name) for _, one in self._candidates())

    @property
    def needed(self) -> bool:
        """There are HelmReleases."""
        return bool(self._names)

    def render(self, helm: Helm) -> None:
        """Renders what the HelmReleases install, and makes units of it."""
        jobs = list(self._jobs())
        results = iter(helm.render_all([release for job in jobs for release in job.releases]))
        shown: set[str] = set()
        for job in jobs:
            rendered, *others = [next(results) for _ in job.releases]
            failed = next((one for one in (rendered, *others) if one.failure or one.timed_out), None)
            if failed is not None:
                self._tell(job.name, f"helm cannot render it: {failed.failure or 'it did not finish in time'}")
            else:
                shown |= self._unit(job, rendered, others)
        mark_as_written(self._tree, self._division.units)
        self._tree.skipped[:] = [
            one for one in self._tree.skipped if one.reason is not SkipReason.TEMPLATE or one.path not in shown
        ]

    def _candidates(self) -> Iterator[tuple[Unit, Manifest]]:
        for unit in self._division.units:
            for manifest in unit.manifests if not unit.prerendered else ():
                if manifest.identity == KINDS["HelmRelease"] and not manifest.shown and not manifest.encrypted:
                    yield unit, manifest

    def _jobs(self) -> Iterator[_Job]:
        overlays = {one.name: one for one in self._division.overlays if one.resolved}
        for holder, manifest in self._candidates():
            # One that is in several units, as those of production and staging are, is told apart by these.
            several = self._names[manifest.namespace, manifest.name] > 1
            name = f"{manifest.title} ({holder.name})" if several else manifest.title
            try:
                installed = self._releases.installed(manifest, overlays.get(holder.name) if holder.whole else None)
                if installed is not None and self._asked(installed):
                    probes = tuple(probes_of(installed.values.data))
                    values = (installed.values.data, *(one.values for one in probes))
                    yield _Job(installed, holder, name, tuple(self._release(installed, one) for one in values), probes)
            except UnknownError as error:
                self._tell(name, str(error))

    def _release(self, installed: Installed, values: Values) -> Release:
        version = str(self._settings.kubernetes_version)
        inline = (json_of(values),)
        chart, root, files = installed.chart, installed.root, installed.files
        return Release(chart, root, installed.name, installed.namespace, (), version, inline=inline, files=files)

    def _asked(self, installed: Installed) -> bool:
        """A run on single files renders what they are part of, and what is installed where they speak of."""
        scope = self._scope
        if scope.folders or any(map(scope.holds, _inputs(installed))):
            return True
        texts = (source.text for path, source in self._tree.sources.items() if scope.holds(path))
        return any(installed.namespace in text for text in texts)

    def _unit(self, job: _Job, rendered: Rendered, others: Sequence[Rendered]) -> set[str]:
        """Makes the unit; returns the paths of templates of this tree that it comes from."""
        installed, settings = job.installed, self._settings
        objects = self._objects(job, rendered, others)
        absent = _absent(installed)
        unit = Unit(
            job.name,
            objects.manifests,
            SETTLED,
            complete=settings.complete,
            whole=True,
            external=settings.external,
            glimpses=[_placed(one, installed.namespace) for one in objects.glimpses],
            left_out=bool(absent) or not installed.values.whole or objects.unsure,
        )
        unit.found = "HelmRelease"
        unit.clusters = job.holder.clusters
        unit.holder = job.holder
        (job.holder.cluster or Cluster([job.holder])).join(unit)
        installed.manifest.shown = True
        self._units.facts += self._division.clusters.facts(unit)
        self._units.told[job.name] = UnitInfo(job.name, "HelmRelease", "helm", {}, absent)
        shown = set(objects.sources)
        if any(path in self._scope.files and path not in shown for path in _inputs(installed)):
            self._units.touched.add(job.name)
        return shown

    def _objects(self, job: _Job, rendered: Rendered, others: Sequence[Rendered]) -> ChartObjects:
        installed = job.installed
        host = None if installed.local else Host(located(installed.manifest.node), located(installed.named))
        objects = ChartObjects(job.releases[0], self._look, self._tree.pod_templates, installed.values.layers, host)
        made = [(probe, one.objects) for probe, one in zip(job.probes, others, strict=True)]
        objects.add(rendered.objects, certain(rendered.objects, made, installed.values.data))
        self._tree.sources.update(objects.sources)
        patched = bool(items(installed.manifest.node.get("spec", "postRenderers"))) or not installed.values.whole
        for manifest in objects.manifests:
            manifest.patched = patched
            if manifest.namespace is None and tuple(manifest.identity) not in CLUSTER_SCOPED and installed.namespace != UNNAMED:
                manifest.namespace = installed.namespace
        self._tree.rendered += objects.manifests
        return objects

    def _tell(self, name: str, why: str) -> None:
        self._units.told[name] = UnitInfo(name, "HelmRelease", "not rendered", {}, why=why)


def _inputs(installed: Installed) -> Iterator[str]:
    """The files of the tree that decide what is installed."""
    yield located(installed.manifest.node).path
    yield from installed.values.inputs
    if installed.local:
        yield from map(installed.chart.path_of, installed.chart.files)


def _absent(installed: Installed) -> tuple[Absent, ...]:
    """What the unit lacks: dependencies that nobody vendored, and values that only the cluster knows."""
    chart = installed.chart
    own = root_of((installed.files or chart.files).get(VALUES_FILE, b"").decode("utf-8", "replace"), "")
    found = absent_charts(chart, merged(plain(own), installed.values.data))
    place = location(located(installed.named))
    if not installed.local:
        found = tuple(one._replace(location=place) for one in found)
    return found if installed.values.whole else (*found, Absent("values that are not to be seen here", place))


def _placed(one: Glimpse, namespace: str) -> Glimpse:
    unplaced = one.namespace is None and tuple(one.identity) not in CLUSTER_SCOPED and namespace != UNNAMED
    return one._replace(namespace=namespace) if unplaced else one

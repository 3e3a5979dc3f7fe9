"""What HelmReleases and Applications install becomes units beside those that hold them: their charts are here, so nobody has
to guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.deploy.cluster_name import NOWHERE, Clusters
from kubelint_lb.deploy.helm.applications import Applications
from kubelint_lb.deploy.helm.chart_units import SETTLED, absent_charts
from kubelint_lb.deploy.helm.installed import Installed, UnknownError, json_of
from kubelint_lb.deploy.helm.local_charts import LocalCharts
from kubelint_lb.deploy.helm.made import Made
from kubelint_lb.deploy.helm.objects import ChartObjects, Host
from kubelint_lb.deploy.helm.releases import Releases
from kubelint_lb.deploy.plan import Plan
from kubelint_lb.deploy.prerendered import mark_as_written
from kubelint_lb.deploy.skipped import Skipped, SkipReason
from kubelint_lb.deploy.unit import Found, Unit
from kubelint_lb.deploy.unit_info import Absent, UnitInfo
from kubelint_lb.deploy.written import Written
from kubelint_lb.kube.kinds import KINDS, GroupKind
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.scopes import is_cluster_scoped
from kubelint_lb.kube.stubs import ObjectStub, Prefilter
from kubelint_lb.render.helm.command import UNNAMED, Helm, HelmOutput, Release
from kubelint_lb.render.helm.probes import Probe, certain, probes_of
from kubelint_lb.render.helm.values import VALUES_FILE, Values, merged, plain, root_of
from kubelint_lb.render.origin import located
from kubelint_lb.source.node import SourceText
from kubelint_lb.source.place import location
from kubelint_lb.source.values import items

if TYPE_CHECKING:
    from kubelint_lb.deploy.scope import Scope
    from kubelint_lb.deploy.tree import Tree
    from kubelint_lb.settings.settings import Settings


class _Request(NamedTuple):
    """An object that installs a chart, or one of the charts it does; the unit that holds it; and what becomes of it.

    `found` says what kind of object that is, `path` where it is written. `clusters` are those it names; `shown` tells it that
    all of it is known.
    """

    title: str
    found: Found
    path: str
    holder: Unit
    installed: Callable[[], Installed | None]
    clusters: Clusters
    shown: Callable[[], None]

    @property
    def place(self) -> str:
        """What tells it from others of its name: its unit, or in a plain tree its file."""
        return self.holder.name if self.holder.is_whole else self.path


class _Job(NamedTuple):
    """What one of them installs: with its own values first, then with those of probes."""

    request: _Request
    name: str
    installed: Installed
    releases: tuple[Release, ...]
    probes: tuple[Probe, ...]


class ReleaseUnits:
    """The HelmReleases and Applications of one run."""

    def __init__(self, tree: Tree, settings: Settings, scope: Scope, prefilter: Prefilter, plan: Plan) -> None:
        self._tree = tree
        self._settings = settings
        self._scope = scope
        self._prefilter = prefilter
        self._plan = plan
        self._units: list[Unit] = []
        self._manifests: list[Manifest] = []
        self._sources: dict[str, SourceText] = {}
        self._told: dict[str, UnitInfo] = {}
        self._touched: set[str] = set()
        shelf = LocalCharts(settings.charts) if settings.charts is not None else None
        written = Written(tree, scope.root)
        self._releases = Releases(scope.root, tree.layout.charts, shelf, written)
        self._applications = Applications(scope.root, shelf, written)
        self._requests = [*self._helm_releases(), *self._charts_of_applications()]

    @property
    def needed(self) -> bool:
        """Something here installs charts."""
        return bool(self._requests)

    def render(self, helm: Helm, skipped: Iterable[Skipped]) -> Made:
        """Renders what is installed, and makes units of it. `skipped`: what was not linted so far."""
        jobs = list(self._jobs())
        results = iter(helm.render_all([release for job in jobs for release in job.releases]))
        shown: set[str] = set()
        for job in jobs:
            rendered, *others = [next(results) for _ in job.releases]
            failed = next((one for one in (rendered, *others) if one.failure or one.timed_out), None)
            if failed is not None:
                self._tell(job.name, job.request, f"helm cannot render it: {failed.failure or 'it did not finish in time'}")
            else:
                shown |= self._unit(job, rendered, others)
        mark_as_written(self._tree, self._plan.units)
        return Made(
            tuple(one for one in skipped if one.reason is not SkipReason.TEMPLATE or one.path not in shown),
            tuple(self._units),
            tuple(self._manifests),
            self._sources,
            tuple(self._told.values()),
            touched=frozenset(self._touched),
        )

    def _helm_releases(self) -> Iterator[_Request]:
        overlays = {one.name: one for one in self._plan.overlays if one.resolved}
        for holder, manifest in self._held(KINDS["HelmRelease"]):
            if manifest.shown or manifest.encrypted:
                continue
            overlay = overlays.get(holder.name) if holder.is_whole else None
            installed = partial(self._releases.installed, manifest, overlay)
            shown = partial(_show, manifest)
            yield _Request(manifest.title, Found.HELM_RELEASE, manifest.path, holder, installed, NOWHERE, shown)

    def _charts_of_applications(self) -> Iterator[_Request]:
        argocd = self._plan.clusters.argocd
        if argocd is None:
            return
        for holder, manifest in self._held(KINDS["Application"], KINDS["ApplicationSet"]):
            for charted in (chart for one in argocd.of(manifest) for chart in one.charts):
                installed = partial(self._applications.installed, manifest, charted)
                clusters = argocd.clusters((charted.by,))
                shown = partial(argocd.rendered.append, charted)
                yield _Request(charted.by.name, Found.APPLICATION, manifest.path, holder, installed, clusters, shown)

    def _held(self, *kinds: GroupKind) -> Iterator[tuple[Unit, Manifest]]:
        for unit in self._plan.units:
            for manifest in unit.manifests if not unit.prerendered else ():
                if manifest.identity in kinds:
                    yield unit, manifest

    def _jobs(self) -> Iterator[_Job]:
        for request, name in self._named():
            try:
                installed = request.installed()
                if installed is not None and self._asked(installed):
                    probes = tuple(probes_of(installed.values.data))
                    values = (installed.values.data, *(one.values for one in probes))
                    yield _Job(request, name, installed, tuple(self._release(request, installed, one) for one in values), probes)
            except UnknownError as error:
                self._tell(name, request, str(error))

    def _named(self) -> Iterator[tuple[_Request, str]]:
        """The names of their units: one that is there several times, for production and staging, is told apart by its place,
        and the charts of one Application by numbers."""
        titles = Counter(one.title for one in self._requests)
        known: Counter[str] = Counter()
        for request in self._requests:
            name = f"{request.title} ({request.place})" if titles[request.title] > 1 else request.title
            known[name] += 1
            yield request, f"{name} {known[name]}" if known[name] > 1 else name

    def _release(self, request: _Request, installed: Installed, values: Values) -> Release:
        version = str(self._plan.clusters.kubernetes(request.holder.clusters))
        inline = (json_of(values),)
        chart, root, files = installed.chart, installed.root, installed.files
        return Release(chart, root, installed.name, installed.namespace, (), version, inline=inline, files=files)

    def _asked(self, installed: Installed) -> bool:
        """A run on single files renders what they are part of, and what is installed where they speak of."""
        scope = self._scope
        if scope.folders or any(scope.holds(path) or path in self._plan.touched for path in _inputs(installed)):
            return True
        texts = (source.text for path, source in self._tree.sources.items() if scope.holds(path))
        return any(installed.namespace in text for text in texts)

    def _unit(self, job: _Job, rendered: HelmOutput, others: Sequence[HelmOutput]) -> set[str]:
        """Makes the unit; returns the paths of templates of this tree that it comes from."""
        installed, settings, request = job.installed, self._settings, job.request
        objects = self._objects(job, rendered, others)
        absent = _absent(installed)
        unit = Unit(
            job.name,
            tuple(objects.manifests),
            SETTLED,
            request.found,
            complete=settings.complete,
            whole=True,
            external=tuple(settings.external),
            stubs=tuple(_placed(one, installed.namespace) for one in objects.stubs),
            left_out=bool(absent) or not installed.values.whole or objects.unsure,
            clusters=request.clusters or request.holder.clusters,
            holder=request.holder,
        )
        request.shown()
        self._units.append(unit)
        self._told[job.name] = UnitInfo(job.name, request.found, "helm", {}, absent)
        shown = set(objects.sources)
        asked = self._scope.files | self._plan.touched
        if any(path in asked and path not in shown for path in _inputs(installed)):
            self._touched.add(job.name)
        return shown

    def _objects(self, job: _Job, rendered: HelmOutput, others: Sequence[HelmOutput]) -> ChartObjects:
        installed = job.installed
        host = None if installed.local else Host(located(installed.manifest.node), located(installed.named))
        objects = ChartObjects(job.releases[0], self._prefilter, self._tree.pod_templates, installed.values.layers, host)
        made = [(probe, one.objects) for probe, one in zip(job.probes, others, strict=True)]
        objects.add(rendered.objects, certain(rendered.objects, made, installed.values.data))
        self._sources.update(objects.sources)
        patched = bool(items(installed.manifest.node.get("spec", "postRenderers"))) or not installed.values.whole
        for manifest in objects.manifests:
            manifest.patched = patched
            if manifest.namespace is None and not is_cluster_scoped(*manifest.identity) and installed.namespace != UNNAMED:
                manifest.namespace = installed.namespace
        self._manifests += objects.manifests
        return objects

    def _tell(self, name: str, request: _Request, why: str) -> None:
        self._told[name] = UnitInfo(name, request.found, "not rendered", {}, why=why)


def _show(manifest: Manifest) -> None:
    manifest.shown = True


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


def _placed(one: ObjectStub, namespace: str) -> ObjectStub:
    unplaced = one.namespace is None and not is_cluster_scoped(*one.identity) and namespace != UNNAMED
    return one._replace(namespace=namespace) if unplaced else one

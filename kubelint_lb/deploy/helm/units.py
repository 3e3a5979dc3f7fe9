"""Charts become units: rendered by Helm where it is installed, their objects pointing at the templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING

from kubelint_lb.cache.outputs import cache_of
from kubelint_lb.deploy.helm.chart_units import ChartUnits, folder_of
from kubelint_lb.deploy.helm.made import Made
from kubelint_lb.deploy.helm.release_units import ReleaseUnits
from kubelint_lb.deploy.plan import Group, Plan
from kubelint_lb.deploy.unit import Unit
from kubelint_lb.kube.stubs import Prefilter
from kubelint_lb.render.helm.command import Helm
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.source.folders import is_within
from kubelint_lb.source.names import CHART_FILE

if TYPE_CHECKING:
    from kubelint_lb.deploy.scope import Scope
    from kubelint_lb.deploy.tree import Tree
    from kubelint_lb.settings.settings import HelmSettings, Settings


def with_charts(tree: Tree, settings: Settings, scope: Scope, prefilter: Prefilter, plan: Plan) -> tuple[Tree, Plan]:
    """The tree and the plan with the charts that the scope touches, and with what HelmReleases in the units install.

    Raises UsageError for a chart in the configuration that is not there.
    """
    for one in settings.helm:
        _check(one, tree, scope.root)
    if not settings.render or scope.stdin is not None:
        return tree, plan
    folders = _installable(tree.layout.charts, [*_shelf(settings, scope.root), *_inflated(plan)])
    wanted = [folder for folder in folders if _concerned(folder, settings, scope)]
    releases = ReleaseUnits(tree, settings, scope, prefilter, plan)
    if not wanted and not releases.needed:
        return tree, plan
    import shutil

    tool = shutil.which("helm")
    if tool is None:
        notices = _without_helm(len(wanted), installs=settings.charts is not None and releases.needed)
        return tree, plan._replace(notices=(*plan.notices, *notices))
    helm = Helm(tool, cache_of("helm", used=settings.cache), settings.render_seconds, settings.jobs)
    charts = ChartUnits(tree, settings, scope, prefilter, plan.clusters).render(helm, wanted)
    installed = releases.render(helm, charts.skipped)
    tree = tree.with_rendered(
        (*charts.manifests, *installed.manifests), {**charts.sources, **installed.sources}, installed.skipped
    )
    return tree, _joined(plan, charts, installed)


def _without_helm(charts: int, *, installs: bool) -> Iterator[str]:
    if charts:
        count = "1 Helm chart is" if charts == 1 else f"{charts} Helm charts are"
        yield f"{count} not rendered: helm is not on the PATH"
    if installs:
        yield "what HelmReleases and Applications install is not rendered: helm is not on the PATH"


def _joined(plan: Plan, charts: Made, installed: Made) -> Plan:
    """The plan with the units of charts; an empty plain tree beside them is none."""
    units = (*charts.units, *installed.units)
    landed = tuple(one for unit in units for one in plan.clusters.landed(unit))
    known = tuple(one for one in plan.landed if not one.unit.is_empty) if landed else plan.landed
    return plan._replace(
        landed=(*known, *landed),
        groups=tuple(_grouped(plan, installed.units)),
        charts=(*charts.told, *installed.told),
        failures=(*plan.failures, *charts.failures),
        notices=(*plan.notices, *charts.notices),
        touched_units=charts.touched | installed.touched,
    )


def _grouped(plan: Plan, installed: Iterable[Unit]) -> list[Group]:
    """What is installed lands with the unit that installs it, and with the others of its group."""
    groups = list(plan.groups)
    for unit in installed:
        holder = unit.holder
        if holder is None:
            continue
        index = next((index for index, group in enumerate(groups) if holder in group.units), None)
        if index is None:
            groups.append(Group((holder, unit), argocd=plan.clusters.argocd))
        else:
            groups[index] = groups[index]._replace(units=(*groups[index].units, unit))
    return groups


def _shelf(settings: Settings, root: Path) -> Iterator[str]:
    """The folder of charts that HelmReleases install, if it lies in the tree: nobody deploys those with their own values."""
    if settings.charts is not None and settings.charts.is_relative_to(root):
        yield settings.charts.relative_to(root).as_posix()


def _inflated(plan: Plan) -> Iterator[str]:
    """The folders of charts that are there for kustomizations, which give them their values."""
    for overlay in plan.overlays:
        for entry in overlay.closure.charts:
            inputs = entry.chart.inputs if entry.chart is not None else ()
            yield from (path.rpartition("/")[0] for path in inputs if path.endswith(f"/{CHART_FILE}"))


def _installable(charts: frozenset[str], others: Iterable[str]) -> list[str]:
    """The folders of charts that are no subcharts, nor there for others, in order."""
    inside = (*(f"{folder}/charts" if folder else "charts" for folder in charts), *others)
    return sorted(folder for folder in charts if not any(is_within(folder, one) for one in inside))


def _check(one: HelmSettings, tree: Tree, root: Path) -> None:
    if folder_of(one) not in tree.layout.charts:
        raise UsageError(f"helm: there is no chart in {one.chart}: it holds no Chart.yaml, or is excluded")
    for value in one.values:
        if not (root / value).is_file() or not (root / value).resolve().is_relative_to(root.resolve()):
            raise UsageError(f"helm: there is no values file {value} below {root}")


def _concerned(folder: str, settings: Settings, scope: Scope) -> bool:
    values = {normpath(value) for one in settings.helm if folder_of(one) == folder for value in one.values}
    files = any(is_within(path, folder) or path in values for path in scope.files)
    return files or any(is_within(folder, one) or is_within(one, folder) for one in scope.folders)

"""Charts become units: rendered by Helm where it is installed, their objects pointing at the templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING

from kubelint_lb.cache.outputs import cache_of
from kubelint_lb.deploy.helm.chart_units import Charts, folder_of
from kubelint_lb.kube.stubs import Look
from kubelint_lb.render.helm.chart import CHART_FILE
from kubelint_lb.render.helm.command import Helm
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.source.folders import is_within
from kubelint_lb.traffic.world import Facts

if TYPE_CHECKING:
    from kubelint_lb.deploy.scope import Scope
    from kubelint_lb.deploy.survey import UnitInfo
    from kubelint_lb.deploy.tree import Tree
    from kubelint_lb.deploy.units import Division
    from kubelint_lb.engine.detect import Hit
    from kubelint_lb.settings.settings import HelmSettings, Settings


@dataclass(slots=True)
class HelmUnits:
    """The units that charts make, findings about charts that make none, and sentences for the user.

    `touched` names the units of which all is reported on: something they are made of, other than a template, was asked for.
    """

    facts: list[Facts] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    # How each was found and rendered, or why not, by name.
    told: dict[str, UnitInfo] = field(default_factory=dict)


def helm_units(tree: Tree, settings: Settings, scope: Scope, look: Look, division: Division) -> HelmUnits:
    """Renders the charts that the scope touches, and what HelmReleases in the units of a division install. What becomes of
    templates is told in `tree.skipped`.

    Raises UsageError for a chart in the configuration that is not there.
    """
    from kubelint_lb.deploy.helm.release_units import ReleaseUnits

    for one in settings.helm:
        _check(one, tree, scope.root)
    units = HelmUnits()
    if not settings.render or scope.stdin is not None:
        return units
    folders = _installable(tree.layout.charts, [*_shelf(settings, scope.root), *_inflated(division)])
    wanted = [folder for folder in folders if _concerned(folder, settings, scope)]
    releases = ReleaseUnits(tree, settings, scope, look, division, units)
    if not wanted and not releases.needed:
        return units
    import shutil

    tool = shutil.which("helm")
    if tool is None:
        if wanted:
            charts = "1 Helm chart is" if len(wanted) == 1 else f"{len(wanted)} Helm charts are"
            units.notices.append(f"{charts} not rendered: helm is not on the PATH")
        if settings.charts is not None and releases.needed:
            units.notices.append("what HelmReleases and Applications install is not rendered: helm is not on the PATH")
        return units
    helm = Helm(tool, cache_of("helm", used=settings.cache), settings.render_seconds)
    Charts(tree, settings, scope, look, units, division.clusters).render(helm, wanted)
    releases.render(helm)
    return units


def _shelf(settings: Settings, root: Path) -> Iterator[str]:
    """The folder of charts that HelmReleases install, if it lies in the tree: nobody deploys those with their own values."""
    if settings.charts is not None and settings.charts.is_relative_to(root):
        yield settings.charts.relative_to(root).as_posix()


def _inflated(division: Division) -> Iterator[str]:
    """The folders of charts that are there for kustomizations, which give them their values."""
    for overlay in division.overlays:
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

"""A folder of charts that HelmReleases install: archives as `helm pull` leaves them, or unpacked."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.deploy.helm.chart_files import read_chart
from kubelint_lb.render.helm.chart import Chart
from kubelint_lb.render.helm.semver import newest
from kubelint_lb.source.files import read_file
from kubelint_lb.source.names import CHART_FILE

_ARCHIVE = re.compile(r"(.+?)-(v?\d+\.\d+\.\d+(?:[-+_].*)?)\.tgz")


class Shelved(NamedTuple):
    """A chart on the shelf; `files` where it is not unpacked in its folder below `root`."""

    chart: Chart
    root: Path
    packed: bool


class LocalCharts:
    """The charts in a folder (absolute), by name and version."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: dict[str, dict[str, Path]] | None = None
        self._read: dict[Path, Shelved] = {}

    def find(self, name: str, wanted: str) -> Shelved | None:
        """The chart of a name at a version, or the newest that a range allows. Raises UnreadableChartError."""
        versions = self._all().get(name, {})
        version = newest(wanted, versions)
        if version is None:
            return None
        place = versions[version]
        if place not in self._read:
            self._read[place] = self._open(place)
        return self._read[place]

    def _open(self, place: Path) -> Shelved:
        if place.is_dir():
            return Shelved(read_chart(self._folder, place.name), self._folder, packed=False)
        from kubelint_lb.deploy.helm.archive import unpacked  # many runs have no use for it, and it is slow to import

        return Shelved(Chart(place.name, unpacked(place)), self._folder, packed=True)

    def _all(self) -> dict[str, dict[str, Path]]:
        if self._places is None:
            self._places = defaultdict(dict)
            for place in _entries(self._folder):
                archive = _ARCHIVE.fullmatch(place.name)
                if archive is not None and place.is_file():
                    self._places[archive[1]][archive[2].replace("_", "+")] = place
                elif (chart := _chart_in(place)) is not None:
                    self._places[chart.name].setdefault(chart.version, place)
        return self._places


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:  # it was there when the configuration was read
        return []


def _chart_in(place: Path) -> Chart | None:
    """What a folder says of its chart; None where it holds none that can be read."""
    try:
        return Chart(place.name, {CHART_FILE: read_file(place / CHART_FILE)})
    except OSError:
        return None

"""Reads the folder of a chart as Helm will: all of it, bounded, and nothing outside the root of the run."""

from __future__ import annotations

import os
from pathlib import Path

from kubelint_lb.render.helm.chart import Chart
from kubelint_lb.source.files import read_file

MOST_FILES = 20_000
MOST_BYTES = 100_000_000
# Helm reads past them too; they are no part of what it renders.
_NEVER = frozenset({".git", "node_modules"})


class UnreadableChartError(Exception):
    """Why a chart is not rendered, for people."""


def read_chart(root: Path, folder: str) -> Chart:
    """The chart in a folder relative to the root. Raises UnreadableChartError."""
    here = root / folder
    files: dict[str, bytes] = {}
    total = 0
    for path in _paths(here, root):
        try:
            data = read_file(path)
        except OSError as error:
            raise UnreadableChartError(f"{path.relative_to(root).as_posix()}: {error.strerror or error}") from None
        total += len(data)
        files[path.relative_to(here).as_posix()] = data
        if len(files) > MOST_FILES or total > MOST_BYTES:
            raise UnreadableChartError("the folder is too large for a chart")
    return Chart(folder, files)


def _paths(here: Path, root: Path) -> list[Path]:
    """The files below a folder. A link to a file is read, one to a folder or out of the root makes the chart unreadable."""
    found = []
    home = root.resolve()
    for parent, folders, names in os.walk(here):
        folders[:] = sorted(name for name in folders if name not in _NEVER)
        for name in (*folders, *sorted(names)):
            path = Path(parent, name)
            if path.is_symlink() and (path.is_dir() or not path.resolve().is_relative_to(home)):
                raise UnreadableChartError(f"{path.relative_to(root).as_posix()} is a link that is not followed")
            if name in names and path.is_file():
                found.append(path)
    return found

"""Start-up: linting one small file, anew and once more, against importing the libraries of its command line and its reading."""

from __future__ import annotations

import compileall
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.command import PROGRAM, measure
from benchmarks.manifests import write_tree

PACKAGE = Path(__file__).resolve().parent.parent / "kubelint_lb"
IMPORTS = (sys.executable, "-c", "import typer, ruamel.yaml")


def report(runs: int = 21) -> Iterator[str]:
    """Lines that say the ratio; the two commands take turns, so that a busy moment hits both."""
    # An installed package has its byte code, an edited one may not, and compiling takes longer than the run.
    compileall.compile_dir(PACKAGE, quiet=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        write_tree(folder, 1)
        commands: dict[str, tuple[str | Path, ...]] = {
            "one file:": (PROGRAM, "check", "--no-cache", "team-0/app-0.yaml"),
            "the same again:": (PROGRAM, "check", "team-0/app-0.yaml"),
            "imports:": IMPORTS,
            "python alone:": (sys.executable, "-c", "pass"),
        }
        times: dict[str, list[float]] = {label: [] for label in commands}
        for turn in range(runs + 1):
            for label, command in commands.items():
                seconds = measure(*command, cwd=folder).seconds
                if turn:  # the first only warms the disk, and the cache
                    times[label].append(seconds)
    imports = median(times["imports:"])
    for label, command in commands.items():
        words = " ".join(str(one).rpartition("/")[2] for one in command)
        seconds = median(times[label])
        yield f"{label:<18} {seconds * 1000:6.0f} ms   {seconds / imports:5.2f} of the imports   {words}"

"""Start-up: linting one small file against importing the two libraries it can't do without."""

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
        ours: list[float] = []
        imports: list[float] = []
        nothing: list[float] = []
        for turn in range(runs + 1):
            costs = (
                measure(PROGRAM, "check", "team-0/app-0.yaml", cwd=folder),
                measure(*IMPORTS, cwd=folder),
                measure(sys.executable, "-c", "pass", cwd=folder),
            )
            if turn:  # the first only warms the disk
                for times, cost in zip((ours, imports, nothing), costs, strict=True):
                    times.append(cost.seconds)
    yield f"one file:          {median(ours) * 1000:6.0f} ms   kubelint-lb check one.yaml, median of {runs}"
    yield f"imports:           {median(imports) * 1000:6.0f} ms   python -c 'import typer, ruamel.yaml'"
    yield f"python alone:      {median(nothing) * 1000:6.0f} ms   python -c pass"
    yield f"ratio to imports:  {median(ours) / median(imports):6.2f}      at most 2.0 is wanted"

"""Fleet: time for each tree as trees become ten times as many, and what a run costs that finds everything done."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.command import PROGRAM, Cost, measure
from benchmarks.manifests import write_tree

OBJECTS = 20  # in each tree: five apps
JOBS = 2


def report(sizes: Sequence[int] = (50, 500)) -> Iterator[str]:
    """Lines that say what a tree costs beyond a fleet of a tree for each process, and how that grows from the first size.

    Time is that of processors, ours and the workers': what else runs on the machine is no cost of a tree.
    """
    yield f"trees of {OBJECTS} objects, {JOBS} processes"
    yield "trees     wall     linted: per tree           again: wall     per tree              memory"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        write_tree(folder / "trees" / "tree-0", OBJECTS)
        shutil.copytree(folder / "trees" / "tree-0", folder / "trees" / "tree-1")
        base, base_again = _costs(folder, JOBS)
        first: tuple[float, float] | None = None
        for trees in sizes:
            for number in range(1, trees):
                shutil.copytree(folder / "trees" / "tree-0", folder / "trees" / f"tree-{number}", dirs_exist_ok=True)
            cost, again = _costs(folder, trees)
            each = (cost.processors - base.processors) / (trees - JOBS) * 1e3
            each_again = (again.processors - base_again.processors) / (trees - JOBS) * 1e3
            first = first or (each, each_again)
            yield (
                f"{trees:5d}  {cost.seconds:5.1f} s  {each:12.1f} ms  (x {each / first[0]:.2f})"
                f"  {again.seconds:12.1f} s  {each_again:8.2f} ms  (x {each_again / first[1]:.2f})  {cost.peak / 1e6:6.0f} MB"
            )


def _costs(folder: Path, trees: int) -> tuple[Cost, Cost]:
    """Of a run over trees that nothing is known of, and of runs after it, which are short: the best of three."""
    output = folder / f"out-{trees}"
    (folder / "trees.txt").write_text("".join(f"trees/tree-{number}\n" for number in range(trees)))

    def run() -> Cost:
        return measure(PROGRAM, "fleet", "@trees.txt", "--output", output, "--jobs", str(JOBS), "--no-render", cwd=folder)

    return run(), min((run() for _ in range(3)), key=lambda cost: cost.processors)

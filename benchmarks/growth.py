"""Growth: time and memory for each object as the tree grows a hundredfold."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.command import PROGRAM, Cost, measure
from benchmarks.manifests import OBJECTS_PER_APP, write_tree

OPTIONS = ("check", "--no-cache", "--fail-on", "never", "--quiet", ".")


def report(sizes: Sequence[int] = (1_000, 10_000, 100_000)) -> Iterator[str]:
    """Lines that say what an object costs beyond a tree of one app, and how that grows from the first size."""
    yield "objects      time            per object              memory         per object"
    with tempfile.TemporaryDirectory() as name:
        base, _ = _cost(Path(name).resolve() / "one", OBJECTS_PER_APP)
        first: tuple[float, float] | None = None
        for objects in sizes:
            cost, text = _cost(Path(name).resolve() / str(objects), objects)
            seconds = (cost.seconds - base.seconds) / objects
            memory = (cost.peak - base.peak) / objects
            first = first or (seconds, memory)
            yield (
                f"{objects:7d}  {cost.seconds:7.2f} s  {seconds * 1e6:7.0f} µs  (x {seconds / first[0]:.2f})"
                f"  {cost.peak / 1e6:10.0f} MB  {memory / 1e3:8.1f} kB  (x {memory / first[1]:.2f};"
                f" {memory * objects / text:.1f} bytes for a byte of YAML)"
            )


def _cost(folder: Path, objects: int) -> tuple[Cost, int]:
    folder.mkdir()
    size = write_tree(folder, objects)
    return min((measure(PROGRAM, *OPTIONS, cwd=folder) for _ in range(2)), key=lambda cost: cost.seconds), size

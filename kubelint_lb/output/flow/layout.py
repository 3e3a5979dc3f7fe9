"""Where the boxes of a picture stand: worked out by Graphviz where it is installed, else by igraph.

Both are told the sizes of the boxes and that they go from left to right. All lengths are pixels.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kubelint_lb.settings.errors import UsageError
from kubelint_lb.traffic.picture import Picture

_LAYERS = {"entry": 0, "route": 1, "service": 2, "pods": 3}
# Graphviz counts in inches.
_DOTS = 72
_GAP, _COLUMN_GAP = 14, 70
_SECONDS = 120
# Above this, Graphviz spends minutes on crossings that nobody can follow anyway.
_MANY = 400


class Size(NamedTuple):
    """Of a box."""

    width: float
    height: float


class Spot(NamedTuple):
    """The middle of a box."""

    x: float
    y: float


def layout(picture: Picture, sizes: Mapping[str, Size]) -> dict[str, Spot]:
    """The middle of each box, by its key; nothing stands left of or above 0. Raises UsageError where no layout is installed."""
    if not picture.boxes:
        return {}
    program = shutil.which("dot")
    found = _by_graphviz(program, picture, sizes) if program is not None else _by_igraph(picture, sizes)
    left = min(found[key].x - sizes[key].width / 2 for key in found)
    top = min(found[key].y - sizes[key].height / 2 for key in found)
    return {key: Spot(round(spot.x - left, 1), round(spot.y - top, 1)) for key, spot in found.items()}


def _by_graphviz(program: str, picture: Picture, sizes: Mapping[str, Size]) -> dict[str, Spot]:
    names = {box.key: f"n{number}" for number, box in enumerate(picture.boxes)}
    lines = [f"digraph t {{ rankdir=LR; nodesep={_GAP / _DOTS:.2f}; ranksep={_COLUMN_GAP / _DOTS:.2f}; splines=false;"]
    if len(picture.boxes) > _MANY:
        lines.append("nslimit=2; nslimit1=2; mclimit=0.3;")
    for box in picture.boxes:
        width, height = sizes[box.key]
        lines.append(
            f'{names[box.key]} [shape=box, fixedsize=true, label="", width={width / _DOTS:.3f}, height={height / _DOTS:.3f}];'
        )
    lines += [f"{names[one.source]} -> {names[one.target]};" for one in picture.arrows]
    try:
        done = subprocess.run(
            [program, "-Tplain"], input="\n".join([*lines, "}"]), capture_output=True, text=True, timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UsageError(f"Graphviz ({program}) could not lay out the graph: {error}") from error
    keys = {name: key for key, name in names.items()}
    rows = (line.split() for line in done.stdout.splitlines() if line.startswith("node "))
    # Graphviz counts from the bottom up.
    return {keys[row[1]]: Spot(float(row[2]) * _DOTS, -float(row[3]) * _DOTS) for row in rows}


def _by_igraph(picture: Picture, sizes: Mapping[str, Size]) -> dict[str, Spot]:
    try:
        import igraph
    except ImportError as error:
        raise UsageError(
            "svg and html need a layout: install Graphviz (dot), or igraph with `pip install 'kubelint-lb[graph]'`;"
            " mermaid and dot need neither"
        ) from error
    numbers = {box.key: number for number, box in enumerate(picture.boxes)}
    steps = [(numbers[one.source], numbers[one.target]) for one in picture.arrows if one.source != one.target]
    layers = [_LAYERS[box.kind.value] for box in picture.boxes]
    graph = igraph.Graph(n=len(numbers), edges=steps, directed=True)
    order = [x for x, _ in graph.layout_sugiyama(layers=layers, maxiter=100).coords[: len(numbers)]]
    columns: dict[int, list[int]] = {}
    for number in sorted(range(len(numbers)), key=lambda one: (order[one], one)):
        columns.setdefault(layers[number], []).append(number)
    return _stacked(columns, [box.key for box in picture.boxes], sizes)


def _stacked(columns: Mapping[int, Sequence[int]], keys: Sequence[str], sizes: Mapping[str, Size]) -> dict[str, Spot]:
    """The boxes of each layer below each other, in the order that was found, each column in the middle of the whole."""
    found: dict[str, Spot] = {}
    tall = {layer: sum(sizes[keys[one]].height + _GAP for one in column) for layer, column in columns.items()}
    x = 0.0
    for layer in sorted(columns):
        wide = max(sizes[keys[one]].width for one in columns[layer])
        y = (max(tall.values()) - tall[layer]) / 2
        for number in columns[layer]:
            height = sizes[keys[number]].height
            found[keys[number]] = Spot(x + wide / 2, y + height / 2)
            y += height + _GAP
        x += wide + _COLUMN_GAP
    return found

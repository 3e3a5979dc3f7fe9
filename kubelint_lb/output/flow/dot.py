"""Traffic as a graph in the DOT language of Graphviz."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.output.cells import one_line
from kubelint_lb.output.flow.drawing import Drawing, counted
from kubelint_lb.traffic.picture import Presence

_SHAPES = {"entry": "cds", "route": "box", "service": "box, style=rounded", "pods": "box3d"}


def dot(drawing: Drawing) -> str:
    """The text of the graph; a cluster a unit where there are several."""
    head = ["digraph traffic {", "  rankdir=LR;", '  node [fontname="sans-serif", fontsize=10];', "  edge [fontsize=9];"]
    return "\n".join([*head, *_lines(drawing), "}"]) + "\n"


def _lines(drawing: Drawing) -> Iterator[str]:
    several = len(drawing.pictures) > 1
    for number, (picture, boxes, arrows) in enumerate(drawing.numbered(), start=1):
        if several:
            yield f"  subgraph cluster_{number} {{ label={_quoted(picture.title)};"
        for name, box in boxes:
            findings = counted(drawing.found_in(box))
            lines = [*box.lines, *([f"! {findings}"] if findings else [])]
            color = ", color=red" if findings or box.presence is Presence.MISSING else ""
            shape = _SHAPES[box.kind.value]
            if box.presence is not Presence.HERE:
                shape = 'box, style="dashed"'
            yield f"  {name} [label={_quoted(*lines)}, shape={shape}{color}];"
        for source, target, arrow in arrows:
            said = [f"label={_quoted(arrow.label)}"] if arrow.label else []
            said += ["style=dashed"] if arrow.copies else []
            attributes = f" [{', '.join(said)}]" if said else ""
            yield f"  {source} -> {target}{attributes};"
        if several:
            yield "  }"


def _quoted(*lines: str) -> str:
    """A string of DOT, which knows two escapes."""
    return '"' + "\\n".join(one_line(line).replace("\\", "\\\\").replace('"', '\\"') for line in lines) + '"'

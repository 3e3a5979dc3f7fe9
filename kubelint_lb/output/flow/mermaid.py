"""Traffic as a Mermaid flowchart, for a README or a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.output.cells import one_line
from kubelint_lb.output.flow.drawing import Drawing, counted
from kubelint_lb.traffic.picture import Presence

_SHAPES = {"entry": ('(["', '"])'), "route": ('["', '"]'), "service": ('("', '")'), "pods": ('[["', '"]]')}
_CLASSES = (
    "  classDef missing stroke:#c62828,stroke-width:2px,stroke-dasharray:4 3",
    "  classDef elsewhere stroke-dasharray:4 3",
    "  classDef found stroke:#c62828,stroke-width:2px",
)


def mermaid(drawing: Drawing) -> str:
    """The text of the chart; a subgraph a unit where there are several."""
    return "\n".join(["flowchart LR", *_lines(drawing), *_CLASSES]) + "\n"


def _lines(drawing: Drawing) -> Iterator[str]:
    several = len(drawing.pictures) > 1
    for number, (picture, boxes, arrows) in enumerate(drawing.numbered(), start=1):
        if several:
            yield f'  subgraph u{number}["{_escaped(picture.title)}"]'
        for name, box in boxes:
            findings = counted(drawing.found_in(box))
            lines = [*box.lines, *([f"⚠ {findings}"] if findings else [])]
            before, after = _SHAPES[box.kind.value]
            marked = box.presence.value if box.presence is not Presence.HERE else "found" if findings else ""
            yield f"  {name}{before}{'<br/>'.join(map(_escaped, lines))}{after}{f':::{marked}' if marked else ''}"
        for source, target, arrow in arrows:
            line = "-.->" if arrow.copies else "-->"
            label = f'|"{_escaped(arrow.label)}"|' if arrow.label else ""
            yield f"  {source} {line}{label} {target}"
        if several:
            yield "  end"


def _escaped(text: str) -> str:
    """Text in quotes; Mermaid reads entities with `#`."""
    text = one_line(text)
    for sign, entity in (("#", "#35;"), ("&", "#amp;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("`", "#96;")):
        text = text.replace(sign, entity)
    return text

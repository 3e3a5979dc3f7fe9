"""Traffic as a drawing of its own: SVG without scripts, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from kubelint_lb.output.cells import one_line, width_of
from kubelint_lb.output.flow.drawing import Drawing, counted
from kubelint_lb.output.flow.layout import Size, Spot, layout
from kubelint_lb.traffic.picture import Arrow, Box, Picture, Presence

_LINE, _LETTER, _PADDING, _MARGIN, _HEAD = 16, 7.4, 10, 16, 30


def asset(name: str) -> str:
    """A style or script that stands beside this module."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def svg(drawing: Drawing) -> str:
    """The whole drawing as a file of its own."""
    width, height, parts = svg_parts(drawing)
    style = f"<style>{asset('graph.css')}</style>"
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="traffic" {size}>{style}\n{parts}</svg>\n'


def svg_parts(drawing: Drawing) -> tuple[float, float, str]:
    """Width and height in pixels, and what stands in the drawing: the pictures below each other."""
    several = len(drawing.pictures) > 1
    top, wide, lines = float(_MARGIN), 0.0, []
    for picture, boxes, arrows in drawing.numbered():
        sizes = {box.key: _size(drawing, box) for _, box in boxes}
        spots = {
            key: Spot(spot.x + _MARGIN, spot.y + top + (_HEAD if several else 0)) for key, spot in layout(picture, sizes).items()
        }
        if several:
            lines.append(f'<text class="unit" x="{_MARGIN}" y="{top + _LINE:g}">{_safe(picture.title)}</text>')
        lines += _drawn(drawing, picture, boxes, arrows, spots, sizes)
        wide = max(wide, *(spots[key].x + sizes[key].width / 2 for key in spots))
        top = max(spots[key].y + sizes[key].height / 2 for key in spots) + 2 * _MARGIN
    return wide + _MARGIN, top, "\n".join(lines) + "\n"


def _drawn(
    drawing: Drawing,
    picture: Picture,
    boxes: list[tuple[str, Box]],
    arrows: list[tuple[str, str, Arrow]],
    spots: dict[str, Spot],
    sizes: dict[str, Size],
) -> Iterator[str]:
    for source, target, arrow in arrows:
        yield from _arrow(source, target, arrow, spots, sizes)
    for name, box in boxes:
        yield from _box(drawing, picture, name, box, spots[box.key], sizes[box.key])


def _lines(drawing: Drawing, box: Box) -> list[str]:
    findings = counted(drawing.found_in(box))
    return [one_line(line) for line in (*box.lines, *([f"⚠ {findings}"] if findings else []))]


def _size(drawing: Drawing, box: Box) -> Size:
    lines = _lines(drawing, box)
    return Size(max(map(width_of, lines)) * _LETTER + 2 * _PADDING, len(lines) * _LINE + _PADDING)


def _box(drawing: Drawing, picture: Picture, name: str, box: Box, spot: Spot, size: Size) -> Iterator[str]:
    findings = drawing.found_in(box)
    classes = ["box", box.kind.value, *([box.presence.value] if box.presence is not Presence.HERE else [])]
    if findings:
        classes.append(max(findings, key=lambda one: one.severity.rank).severity.value)
    data = f'data-namespace="{_safe(box.subject[1] or "")}" data-unit="{_safe(picture.title)}"'
    yield f'<g class="{" ".join(classes)}" id="{name}" {data}>'
    said = [drawing.place(box), *(f"{one.severity.value}: {one.message} ({one.rule})" for one in findings)]
    yield f"<title>{_safe(chr(10).join(filter(None, said)))}</title>"
    left, top = spot.x - size.width / 2, spot.y - size.height / 2
    yield f'<rect x="{left:g}" y="{top:g}" width="{size.width:g}" height="{size.height:g}" rx="5"/>'
    for number, line in enumerate(_lines(drawing, box)):
        y = top + _PADDING / 2 + (number + 0.75) * _LINE
        head = "" if number else ' class="head"'
        yield f'<text x="{left + _PADDING:g}" y="{y:g}"{head}>{_safe(line)}</text>'
    yield "</g>"


def _arrow(source: str, target: str, arrow: Arrow, spots: dict[str, Spot], sizes: dict[str, Size]) -> Iterator[str]:
    start, end = spots[arrow.source], spots[arrow.target]
    x1, x2 = start.x + sizes[arrow.source].width / 2, end.x - sizes[arrow.target].width / 2
    bend = max(20.0, abs(x2 - x1) / 2)
    copies = " copies" if arrow.copies else ""
    yield f'<g class="arrow{copies}" data-from="{source}" data-to="{target}">'
    yield f'<path d="M{x1:g} {start.y:g}C{x1 + bend:g} {start.y:g} {x2 - bend:g} {end.y:g} {x2 - 5:g} {end.y:g}"/>'
    yield f'<path class="tip" d="M{x2:g} {end.y:g}l-7 -4v8z"/>'
    if arrow.label:
        yield f'<text x="{(x1 + x2) / 2:g}" y="{(start.y + end.y) / 2 - 3:g}">{_safe(arrow.label)}</text>'
    yield "</g>"


def _safe(text: str) -> str:
    return escape("\n".join(map(one_line, text.split("\n"))))

"""Traffic as a page of its own: the drawing to pan, zoom and filter, then the same as a table, and the findings. No network."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kubelint_lb.output.cells import one_line
from kubelint_lb.output.flow.drawing import Drawing, counted
from kubelint_lb.output.flow.svg import asset, svg_parts
from kubelint_lb.traffic.picture import Box, BoxKind, Picture, Presence

_FORM = """<form>
<input type="search" name="text" placeholder="host, name, path" aria-label="Filter by host, name or path">
<select name="namespace" aria-label="Namespace"><option value="">all namespaces</option>{options}</select>
<label><input type="checkbox" name="bad"> with findings</label>
<button type="button" name="in" aria-label="Zoom in">+</button>
<button type="button" name="out" aria-label="Zoom out">&minus;</button>
<button type="button" name="fit">All</button>
</form>"""


def page(drawing: Drawing) -> str:
    """The text of the page."""
    width, height, parts = svg_parts(drawing)
    boxes = [box for picture in drawing.pictures for box in picture.boxes]
    namespaces = sorted({box.subject[1] for box in boxes if box.subject[1]})
    options = "".join(f"<option>{_safe(one)}</option>" for one in namespaces)
    findings = [one for found in drawing.findings.values() for one in found]
    words = f"{len(boxes)} boxes" + (f", {counted(findings)}" if findings else "")
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en" class="traffic">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>Traffic</title>',
            f"<style>{asset('graph.css')}{asset('page.css')}</style>\n</head>\n<body>",
            f"<header><h1>Traffic</h1><p>{words}</p>{_FORM.format(options=options)}</header>",
            f'<div id="view"><svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}"',
            f' viewBox="0 0 {width:g} {height:g}" preserveAspectRatio="xMinYMin meet">{parts}</svg></div>',
            *_table(drawing),
            *_findings(drawing),
            f"<script>{asset('page.js')}</script>\n</body>\n</html>\n",
        ]
    )


def _table(drawing: Drawing) -> Iterator[str]:
    yield '<h2>Routes</h2>\n<div class="wide"><table>\n<tr><th>Entry</th><th>Route</th><th>Backends</th><th>Pods</th></tr>'
    for picture in drawing.pictures:
        boxes = {box.key: box for box in picture.boxes}
        for box in picture.boxes:
            if box.kind is BoxKind.ROUTE:
                entries = [boxes[one.source].lines[0] for one in picture.arrows if one.target == box.key]
                cells = (entries, [*box.lines, drawing.place(box)], _backends(picture, boxes, box), _pods(picture, boxes, box))
                yield "<tr>" + "".join(f"<td>{'<br>'.join(map(_safe, cell))}</td>" for cell in cells) + "</tr>"
    yield "</table></div>"


def _backends(picture: Picture, boxes: dict[str, Box], box: Box) -> list[str]:
    found = []
    for one in picture.arrows:
        if one.source == box.key:
            target = boxes[one.target]
            absent = "" if target.presence is Presence.HERE else f" ({target.lines[-1]})"
            found.append(f"{one.label} {target.lines[0]}{absent}".strip())
    return found


def _pods(picture: Picture, boxes: dict[str, Box], box: Box) -> list[str]:
    services = {one.target for one in picture.arrows if one.source == box.key}
    return [boxes[one.target].lines[0] for one in picture.arrows if one.source in services]


def _findings(drawing: Drawing) -> Iterator[str]:
    found = [one for several in drawing.findings.values() for one in several]
    if not found:
        return
    yield "<h2>Findings</h2>\n<ul>"
    for one in sorted(found, key=lambda one: (-one.severity.rank, one.location.path, one.location.span)):
        place = f"{drawing.paths(one.location.path)}:{one.location.span[0]}"
        yield f'<li class="{one.severity.value}">{_safe(one.message)} <small>{_safe(one.rule)}, {_safe(place)}</small></li>'
    yield "</ul>"


def _safe(text: str) -> str:
    return escape(one_line(text))

"""The report for people: each finding with its source excerpt, the places it is connected with, and help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_lb.output.cells import one_line, width_of, wrap
from kubelint_lb.output.closing import closing
from kubelint_lb.output.excerpt import Block, Mark, Sources, blocks_of
from kubelint_lb.output.oneline import object_name, place
from kubelint_lb.output.palette import Palette
from kubelint_lb.output.paths import Paths
from kubelint_lb.output.window import Window, window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kubelint_lb.output.style import Style
    from kubelint_lb.report.finding import Finding, Report

_NARROWEST = 40
_PAGE = 100
_LABEL_ROOM = 24  # columns beside the carets that are worth starting a label in
_UNITS = 3  # units named before "and N more"


def render(report: Report, style: Style) -> str:
    """Findings and closing paragraphs, with an empty line between them."""
    paths = Paths(report.root, style.cwd)
    palette = Palette(color=style.color)
    sources = Sources(report.sources)
    parts = ["\n".join(sheet(finding, style, sources, paths, palette)) for finding in report.findings]
    parts += closing(report, style, paths, palette)
    return "\n\n".join(parts) + "\n" if parts else ""


def sheet(finding: Finding, style: Style, sources: Sources, paths: Paths, palette: Palette) -> Iterator[str]:
    """One finding, line by line: what it says, excerpts, notes."""
    return _Sheet(finding, style, sources, paths, palette).lines()


def plain_excerpt(finding: Finding, style: Style, sources: Sources, paths: Paths) -> str:
    """Excerpts and notes of a finding, for pages that say in their own way what it says."""
    plain = style._replace(color=False, width=_PAGE, verbose=False)
    return "\n".join(_Sheet(finding, plain, sources, paths, Palette(color=False)).body())


class _Sheet:
    """One finding on its way to lines of text."""

    def __init__(self, finding: Finding, style: Style, sources: Sources, paths: Paths, palette: Palette) -> None:
        self._finding = finding
        self._verbose = style.verbose
        self._sources = sources
        self._paths = paths
        self._palette = palette
        self._blocks = [(block, sources.shown(block)) for block in blocks_of(finding)]
        self._gutter = len(str(max((numbers[-1] for _, numbers in self._blocks if numbers), default=1)))
        self._width = max(style.width, _NARROWEST)
        self._room = self._width - self._gutter - 3

    def lines(self) -> Iterator[str]:
        """The finding, line by line."""
        yield from self._header()
        yield from self.body()

    def body(self) -> Iterator[str]:
        """What stands below the message."""
        for number, (block, numbers) in enumerate(self._blocks):
            yield self._arrow(block, ":::" if number else "-->")
            if numbers:
                yield self._row("")
                yield from self._excerpt(block, numbers)
                yield self._row("")
        if not self._blocks[-1][1]:
            yield self._row("")
        yield from self._notes()

    def _header(self) -> Iterator[str]:
        finding, palette = self._finding, self._palette
        tag = f"{finding.severity.value}[{finding.rule}]:"
        # The tag takes its part of the first line; what follows hangs under it.
        first, *rest = wrap(f"{'x' * (len(tag))} {finding.message}", self._width - 2) or [""]
        message = first[len(tag) + 1 :]
        yield f"{palette.severity(finding.severity, tag)} {palette.strong(message)}".rstrip()
        for line in rest:
            yield f"  {palette.strong(line)}"

    def _arrow(self, block: Block, arrow: str) -> str:
        return f"{' ' * self._gutter}{self._palette.frame(arrow)} {place(block.head, self._paths)}"

    def _row(self, text: str, number: int | None = None) -> str:
        margin = f"{number or '':>{self._gutter}} |"
        return f"{self._palette.frame(margin)} {text}" if text else self._palette.frame(margin)

    def _excerpt(self, block: Block, numbers: list[int]) -> Iterator[str]:
        before = numbers[0]
        for number in numbers:
            if number - before > 1:
                yield self._palette.frame("...")
            before = number
            line = self._sources.line(block.head.path, number) or ""
            marks = [mark for mark in block.marks if mark.span.line == number]
            if marks:
                yield from self._marked(line, number, marks)
            else:
                yield self._row(window(line, 0, 0, self._room).text, number)

    def _marked(self, line: str, number: int, marks: list[Mark]) -> Iterator[str]:
        shown: Window | None = None
        for mark in marks:
            start, end = _columns(mark, line)
            if shown is None or not shown.holds(start, end):
                # A second token far along a long line gets the line once more, around itself.
                shown = window(line, start, end, self._room)
                yield self._row(shown.text, number)
            yield from self._underline(mark, *shown.underline(start, end))

    def _underline(self, mark: Mark, left: int, size: int) -> Iterator[str]:
        palette, severity = self._palette, self._finding.severity

        def paint(text: str) -> str:
            return palette.severity(severity, text) if mark.primary else palette.frame(text)

        carets = ("^" if mark.primary else "-") * size
        beside = self._room - left - size - 1
        label = one_line(mark.label)
        if beside >= min(width_of(label), _LABEL_ROOM):
            first, *rest = wrap(label, beside) or [""]
            yield self._row(" " * left + paint(f"{carets} {first}".rstrip()))
            indent = left + size + 1
        else:
            yield self._row(" " * left + paint(carets))
            indent = max(0, min(left, self._room - max(_LABEL_ROOM, min(width_of(label), self._room // 2))))
            rest = wrap(label, self._room - indent)
        for text in rest:
            yield self._row(" " * indent + paint(text))

    def _notes(self) -> Iterator[str]:
        finding = self._finding
        yield from self._note("help", finding.help)
        if finding.condition is not None:
            yield from self._note("condition", str(finding.condition))
        if finding.fix is not None:
            yield from self._note("fix", f"{finding.fix.title} ({finding.fix.safety})")
        label, names = self._units()
        if finding.object is not None:
            units = f" ({label} {names})" if names else ""
            yield from self._note("object", object_name(finding.object) + units)
        elif names:
            yield from self._note(label, names)
        if self._verbose:
            yield from self._note("docs", finding.url)

    def _note(self, name: str, text: str) -> Iterator[str]:
        lead = f"{' ' * self._gutter} {self._palette.frame('=')} {self._palette.strong(f'{name}:')}"
        hang = self._gutter + len(name) + 5
        for number, line in enumerate(wrap(text, self._width - hang)):
            yield f"{lead} {line}" if not number else " " * hang + line

    def _units(self) -> tuple[str, str]:
        """`unit` or `units`, and their names: none where all is one plain folder."""
        units = [unit for unit in self._finding.units if unit != "."]
        named = units if self._verbose or len(units) <= _UNITS + 1 else units[:_UNITS]
        more = f" and {len(units) - len(named)} more" if len(named) < len(units) else ""
        return "unit" if len(units) == 1 else "units", ", ".join(named) + more


def _columns(mark: Mark, line: str) -> tuple[int, int]:
    """The code points of the mark on its first line, 0-based and exclusive."""
    span = mark.span
    start = span.column - 1
    return start, span.end_column - 1 if span.end_line == span.line else max(len(line.rstrip()), start + 1)

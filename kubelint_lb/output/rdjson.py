"""Reviewdog's Diagnostic Format, which comments on pull requests wherever reviewdog can.

Source: reviewdog `proto/rdf/reviewdog.proto`: lines and columns count from one, columns in bytes of UTF-8, ends are exclusive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kubelint_lb.output.cells import one_line
from kubelint_lb.output.json_text import dump
from kubelint_lb.output.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kubelint_lb.output.style import Style
    from kubelint_lb.report.finding import Finding, Report
    from kubelint_lb.source.place import Location

_HOME = "https://github.com/kubelint-lb/kubelint-lb"


def render(report: Report, style: Style) -> str:
    """One diagnostic for each finding."""
    places = _Places(Paths(report.root, style.sarif_root), report.sources)
    diagnostics = [_diagnostic(finding, places) for finding in report.findings]
    return dump({"source": {"name": "kubelint-lb", "url": _HOME}, "diagnostics": diagnostics})


def _diagnostic(finding: Finding, places: _Places) -> dict[str, Any]:
    data: dict[str, Any] = {
        "message": one_line(finding.message),
        "location": places.location(finding.location),
        "severity": finding.severity.value.upper(),
        "code": {"value": finding.rule, **({"url": finding.url} if finding.url else {})},
    }
    edits = finding.fix.edits if finding.fix is not None else ()
    if edits and all(edit.location.path == finding.location.path for edit in edits):
        data["suggestions"] = [{"range": places.range(edit.location), "text": edit.text} for edit in edits]
    if finding.related:
        related = [{"message": one_line(one.message), "location": places.location(one.location)} for one in finding.related]
        data["relatedLocations"] = related
    return data


class _Places:
    """Places as reviewdog counts them."""

    def __init__(self, paths: Paths, sources: Mapping[str, Sequence[str]]) -> None:
        self._paths = paths
        self._sources = sources

    def location(self, location: Location) -> dict[str, Any]:
        return {"path": one_line(self._paths(location.path)), "range": self.range(location)}

    def range(self, location: Location) -> dict[str, Any]:
        span = location.span
        return {
            "start": {"line": span.line, "column": self._column(location.path, span.line, span.column)},
            "end": {"line": span.end_line, "column": self._column(location.path, span.end_line, span.end_column)},
        }

    def _column(self, path: str, line: int, column: int) -> int:
        lines = self._sources.get(path, ())
        text = lines[line - 1] if line <= len(lines) else ""
        before = text[: column - 1]
        return len(before.encode("utf-8", "surrogatepass")) + 1 + max(0, column - 1 - len(text))

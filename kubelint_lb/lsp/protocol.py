"""Findings in the words of the Language Server Protocol: diagnostics, code actions, places.

Columns count UTF-16 code units there, from zero; lines from zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lsprotocol import types

from kubelint_lb.report.finding import Finding
from kubelint_lb.settings.severity import Severity
from kubelint_lb.source.place import Location

Lines = Callable[[str], Sequence[str]]
Uri = Callable[[str], str]

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


class Protocol:
    """`lines` gives the lines of a file by its path, `uri` its URI."""

    def __init__(self, lines: Lines, uri: Uri) -> None:
        self._lines = lines
        self._uri = uri

    def diagnostic(self, finding: Finding) -> types.Diagnostic:
        """A finding at its place, with the places that it rests on."""
        return types.Diagnostic(
            range=self.range(finding.location),
            message=finding.message,
            severity=_SEVERITIES[finding.severity],
            source="kubelint-lb",
            code=finding.rule,
            code_description=types.CodeDescription(href=finding.url) if finding.url else None,
            related_information=[
                types.DiagnosticRelatedInformation(location=self.location(one.location), message=one.message)
                for one in finding.related
            ],
            data=finding.fingerprint,
        )

    def action(self, finding: Finding) -> types.CodeAction | None:
        """The fix of a finding; a safe one is preferred."""
        fix = finding.fix
        if fix is None:
            return None
        changes: dict[str, list[types.TextEdit]] = {}
        for edit in fix.edits:
            made = types.TextEdit(range=self.range(edit.location), new_text=edit.text)
            changes.setdefault(self._uri(edit.location.path), []).append(made)
        return types.CodeAction(
            title=f"{fix.title[:1].upper()}{fix.title[1:]} ({finding.rule})",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[self.diagnostic(finding)],
            is_preferred=fix.safety == "safe",
            edit=types.WorkspaceEdit(changes=changes),
        )

    def location(self, place: Location) -> types.Location:
        """A place."""
        return types.Location(uri=self._uri(place.path), range=self.range(place))

    def range(self, place: Location) -> types.Range:
        """A span."""
        span = place.span
        return types.Range(
            start=self._position(place.path, span.line, span.column),
            end=self._position(place.path, span.end_line, span.end_column),
        )

    def column(self, path: str, position: types.Position) -> int:
        """The 1-based column, in code points, of a position."""
        units, text = position.character, self._line(path, position.line + 1)
        for number, character in enumerate(text):
            if units <= 0:
                return number + 1
            units -= _units(character)
        return len(text) + 1

    def _position(self, path: str, line: int, column: int) -> types.Position:
        text = self._line(path, line)
        return types.Position(line=line - 1, character=sum(map(_units, text[: column - 1])) if text else column - 1)

    def _line(self, path: str, line: int) -> str:
        lines = self._lines(path)
        return lines[line - 1] if line <= len(lines) else ""


def _units(character: str) -> int:
    """UTF-16 code units of a character."""
    return 2 if ord(character) > 0xFFFF else 1

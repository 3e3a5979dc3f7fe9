"""Workflow commands: GitHub shows each finding at its line of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_lb.output.cells import printable
from kubelint_lb.output.paths import Paths
from kubelint_lb.report.finding import Finding, Report
from kubelint_lb.settings.severity import Severity

if TYPE_CHECKING:
    from kubelint_lb.output.style import Style

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: Report, style: Style) -> str:
    """One command for each finding; an empty text where there is none."""
    paths = Paths(report.root, style.cwd)
    return "".join(f"{_command(finding, paths)}\n" for finding in report.findings)


def _command(finding: Finding, paths: Paths) -> str:
    span = finding.location.span
    properties = {"file": paths(finding.location.path), "line": str(span.line), "endLine": str(span.end_line)}
    if span.line == span.end_line:
        # GitHub refuses columns on a range of lines.
        properties |= {"col": str(span.column), "endColumn": str(span.end_column)}
    properties["title"] = f"kubelint-lb {finding.rule}"
    written = ",".join(f"{key}={value.translate(_PROPERTY)}" for key, value in properties.items())
    return printable(f"::{_COMMANDS[finding.severity]} {written}::{finding.message.translate(_DATA)}")

"""Workflow commands: GitHub shows each finding at its line of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_lb.output.cells import printable
from kubelint_lb.output.oneline import count, finding_line
from kubelint_lb.output.palette import Palette
from kubelint_lb.output.paths import Paths
from kubelint_lb.report.finding import Finding, Report
from kubelint_lb.settings.severity import Severity

if TYPE_CHECKING:
    from kubelint_lb.output.style import Style

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


# GitHub shows as many of each level in a step, and drops the rest: those are for the log.
MOST = 10


def render(report: Report, style: Style) -> str:
    """A command for each finding, as many as GitHub shows, then the others as lines of the log; nothing where there is none."""
    paths = Paths(report.root, style.cwd)
    counts = dict.fromkeys(Severity, 0)
    commands, rest = [], []
    for finding in report.findings:
        counts[finding.severity] += 1
        if counts[finding.severity] <= MOST:
            commands.append(_command(finding, paths))
        else:
            rest.append(finding_line(finding, paths, Palette(color=False)))
    if rest:
        rest.insert(0, f"{count(len(rest), 'finding')} more than GitHub shows beside the code:")
    return "".join(f"{line}\n" for line in (*commands, *rest))


def _command(finding: Finding, paths: Paths) -> str:
    span = finding.location.span
    properties = {"file": paths(finding.location.path), "line": str(span.line), "endLine": str(span.end_line)}
    if span.line == span.end_line:
        # GitHub refuses columns on a range of lines.
        properties |= {"col": str(span.column), "endColumn": str(span.end_column)}
    properties["title"] = f"kubelint-lb {finding.rule}"
    written = ",".join(f"{key}={value.translate(_PROPERTY)}" for key, value in properties.items())
    return printable(f"::{_COMMANDS[finding.severity]} {written}::{finding.message.translate(_DATA)}")

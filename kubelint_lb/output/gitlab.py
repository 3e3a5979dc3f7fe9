"""GitLab's Code Quality report: findings at their lines of a merge request.

Source: docs.gitlab.com "Code Quality", "Implement a custom tool": description, check_name, fingerprint, severity,
location.path and location.lines.begin; paths are relative to the repository and do not begin with `./`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kubelint_lb.output.cells import one_line
from kubelint_lb.output.json_text import dump
from kubelint_lb.output.paths import Paths
from kubelint_lb.settings.severity import Severity

if TYPE_CHECKING:
    from kubelint_lb.output.style import Style
    from kubelint_lb.report.finding import Finding, Report

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(report: Report, style: Style) -> str:
    """One entry for each finding; an empty list where there is none: GitLab compares two reports."""
    paths = Paths(report.root, style.sarif_root)
    return dump([_entry(finding, paths) for finding in report.findings])


def _entry(finding: Finding, paths: Paths) -> dict[str, Any]:
    span = finding.location.span
    return {
        "description": one_line(finding.message),
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": one_line(paths(finding.location.path)),
            "lines": {"begin": span.line, "end": span.end_line},
        },
    }

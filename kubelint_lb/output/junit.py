"""JUnit's XML, for CI systems that show tests: a suite a file, a test case a finding.

Errors and warnings are failures; an info is a test that passed and says something. A run without findings is one test.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kubelint_lb.output.cells import one_line, printable_lines
from kubelint_lb.output.oneline import place
from kubelint_lb.output.paths import Paths
from kubelint_lb.settings.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kubelint_lb.output.style import Style
    from kubelint_lb.report.finding import Finding, Report


def render(report: Report, style: Style) -> str:
    """The whole document."""
    paths = Paths(report.root, style.cwd)
    suites = [list(group) for _, group in groupby(report.findings, key=lambda one: one.location.path)]
    failures = sum(map(_fails, report.findings))
    count = len(report.findings) or 1
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="kubelint-lb" tests="{count}" failures="{failures}" errors="0">')
    for findings in suites:
        lines += _suite(findings, paths)
    if not suites:
        lines.append('  <testsuite name="kubelint-lb" tests="1" failures="0" errors="0">')
        lines.append(f'    <testcase classname="kubelint-lb" name="{report.summary.files} files, no problems"/>')
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(findings: Sequence[Finding], paths: Paths) -> Iterator[str]:
    path = paths(findings[0].location.path)
    failures = sum(map(_fails, findings))
    yield f'  <testsuite name={_quoted(path)} tests="{len(findings)}" failures="{failures}" errors="0">'
    for one in findings:
        span = one.location.span
        name = f"{one.rule} ({span.line}:{span.column})"
        yield f'    <testcase classname={_quoted(path)} name={_quoted(name)} file={_quoted(path)} line="{span.line}">'
        words = _words(one, paths)
        if _fails(one):
            yield f"      <failure type={_quoted(one.severity.value)} message={_quoted(one.message)}>{words}</failure>"
        else:
            yield f"      <system-out>{words}</system-out>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _fails(finding: Finding) -> bool:
    return finding.severity is not Severity.INFO


def _words(finding: Finding, paths: Paths) -> str:
    lines = [f"{place(finding.location, paths)}: {finding.message}"]
    lines += [f"{place(one.location, paths)}: {one.message}" for one in finding.related]
    lines += [finding.help, finding.url]
    return escape(printable_lines("\n".join(filter(None, lines))))


def _quoted(text: str) -> str:
    return quoteattr(one_line(text))

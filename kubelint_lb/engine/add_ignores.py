"""Writes suppression comments for what is found now: one above the line of each finding, with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from kubelint_lb.deploy.scope import scope_of
from kubelint_lb.engine.fix import Fixed, Round, listed
from kubelint_lb.engine.run import lint
from kubelint_lb.report.finding import Edit, Finding, Fix, Report
from kubelint_lb.settings.settings import Settings
from kubelint_lb.source.files import read_file
from kubelint_lb.source.place import Location
from kubelint_lb.source.span import Span


def add_ignores(paths: Sequence[Path | str], settings: Settings, reason: str) -> Fixed:
    """Suppresses all findings of files that were named, and lints again. Raises UsageError as `lint` does."""
    scope = scope_of(paths, settings, None)
    report = lint(paths, settings)
    refused: dict[str, str] = {}
    by_line: dict[tuple[str, int], list[Finding]] = defaultdict(list)
    for one in report.findings:
        path = one.location.path
        if not scope.holds(path):
            refused[path] = "it is not among the files that were named"
        elif path.endswith(".json"):
            refused[path] = "JSON has no comments: an annotation or the configuration can suppress it"
        else:
            by_line[path, one.location.span.line].append(one)
    fixes = [_comment(path, line, findings, report, reason) for (path, line), findings in sorted(by_line.items())]
    done = Round(report.root, refused).apply(fixes)
    return Fixed(lint(paths, settings), done.applied, done.before, listed(refused))


def _comment(path: str, line: int, findings: Sequence[Finding], report: Report, reason: str) -> Fix:
    """A comment on the line above, as far indented; at the line's end where one above would speak for a whole object."""
    rules = ", ".join(sorted({one.rule for one in findings}))
    text = f"# kubelint-lb: ignore[{rules}] {reason}"
    lines = report.sources.get(path, ())
    written = lines[line - 1] if line <= len(lines) else ""
    indent = written[: len(written) - len(written.lstrip())]
    if indent or written.startswith(("- ", "-\t")):
        comment = f"{indent}{text}{_line_end(report.root / path)}"
        return Fix("suppress it", "safe", (Edit(Location(path, Span(line, 1, line, 1)), comment),))
    end = len(written.rstrip()) + 1
    return Fix("suppress it", "safe", (Edit(Location(path, Span(line, end, line, end)), f"  {text}"),))


def _line_end(file: Path) -> str:
    """As the file ends its lines."""
    try:
        return "\r\n" if b"\r\n" in read_file(file) else "\n"
    except OSError:
        return "\n"

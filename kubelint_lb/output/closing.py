"""What stands after the findings: counts by rule, what was hidden or not linted, and the summary."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kubelint_lb.deploy.skipped import SkipReason
from kubelint_lb.output.cells import one_line
from kubelint_lb.output.oneline import count, finding_line, object_name, scope
from kubelint_lb.report.finding import Finding, Report
from kubelint_lb.report.table import Table, tables_of
from kubelint_lb.settings.severity import Severity

if TYPE_CHECKING:
    from kubelint_lb.output.palette import Palette
    from kubelint_lb.output.paths import Paths
    from kubelint_lb.output.style import Style

_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info finding"}
_SKIPPED = {
    SkipReason.TEMPLATE: ("1 template", "{} templates"),
    SkipReason.ENCRYPTED: ("1 encrypted", "{} encrypted"),
    SkipReason.NOT_KUBERNETES: ("1 not Kubernetes", "{} not Kubernetes"),
    SkipReason.UNREADABLE: ("1 unreadable", "{} unreadable"),
    SkipReason.PARTIAL: ("1 partial object such as a kustomize patch", "{} partial objects such as kustomize patches"),
}
_SUPPRESSED_BY = {
    "comment": "ignored by a comment",
    "annotation": "ignored by an annotation",
    "per-path": "ignored for this path by the configuration",
    "object": "ignored for this object by the configuration",
    "baseline": "in the baseline",
    "earlier": "not new",
}


def closing(report: Report, style: Style, paths: Paths, palette: Palette) -> list[str]:
    """Paragraphs of one or more lines; the last one is the summary. Empty where `style.quiet`."""
    if style.quiet:
        return []
    parts = []
    if style.statistics and report.findings:
        parts.append(_statistics(report, palette))
    parts += [_objects(table, palette) for table in tables_of(report.findings)]
    if style.verbose:
        parts += _details(report, paths, palette)
    parts.append("\n".join(_summary(report, style, palette)))
    return parts


def _statistics(report: Report, palette: Palette) -> str:
    counts = Counter((finding.rule, finding.severity) for finding in report.findings)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0][0], -item[0][1].rank))
    digits = len(str(ranked[0][1]))
    rows = [
        f"  {number:>{digits}}  {palette.severity(severity, f'{severity.value:<7}')}  {rule}"
        for (rule, severity), number in ranked
    ]
    return "\n".join([palette.strong("Findings by rule:"), *rows])


def _objects(table: Table, palette: Palette) -> str:
    names = [one_line(object_name(row.object)) for row in table.rows]
    width = max(len(name) for name in (*names, "Object"))
    head = "  ".join((f"{'Object':<{width}}", *table.columns))
    rows = []
    for name, row in zip(names, table.rows, strict=True):
        cells = (f"{number or '-':>{len(title)}}" for number, title in zip(row.counts, table.columns, strict=True))
        rows.append("  ".join((f"{name:<{width}}", *cells)))
    return "\n".join([palette.strong(f"{table.rule} by object:"), palette.faint(f"  {head}"), *(f"  {row}" for row in rows)])


def _details(report: Report, paths: Paths, palette: Palette) -> list[str]:
    parts = []
    if report.hidden:
        rows = [finding_line(finding, paths, palette) for finding in report.hidden]
        parts.append(_section(_hidden_title(report), rows, palette))
    if report.suppressed:
        rows = [f"{finding_line(finding, paths, palette)} ({_why(finding, paths)})" for finding in report.suppressed]
        parts.append(_section("Suppressed", rows, palette))
    if report.skipped:
        rows = []
        for skipped in report.skipped:
            where = one_line(paths(skipped.path)) + (f":{skipped.line}" if skipped.line else "")
            detail = f": {one_line(skipped.detail)}" if skipped.detail else ""
            rows.append(f"{where}: {palette.faint(skipped.reason.value + detail)}")
        parts.append(_section("Not linted", rows, palette))
    return parts


def _section(title: str, rows: list[str], palette: Palette) -> str:
    return "\n".join([palette.strong(f"{title}:"), *(f"  {row}" for row in rows)])


def _why(finding: Finding, paths: Paths) -> str:
    why = finding.suppressed
    if why is None:
        return "suppressed"
    text = _SUPPRESSED_BY.get(why.kind, why.kind)
    if why.location is not None:
        text += f" at {one_line(paths(why.location.path))}:{why.location.span.line}"
    return f"{text}: {one_line(why.reason)}" if why.reason else text


def _hidden_title(report: Report) -> str:
    worst = max((finding.severity for finding in report.hidden), key=lambda severity: severity.rank)
    return "Hidden below error" if worst is Severity.WARNING else "Hidden below warning"


def _summary(report: Report, style: Style, palette: Palette) -> list[str]:
    summary = report.summary
    found = [
        palette.severity(severity, count(summary.findings[severity], noun))
        for severity, noun in _NOUNS.items()
        if summary.findings.get(severity)
    ]
    aside = []
    if summary.hidden:
        title = _hidden_title(report).lower() if report.hidden else "hidden"
        aside.append(f"{summary.hidden} {title}")
    if summary.suppressed:
        aside.append(f"{summary.suppressed} suppressed")
    head = f"Found {', '.join(found)}" if found else palette.good("No problems found")
    hidden = f" ({', '.join(aside)})" if aside else ""
    lines = [f"{head}{hidden} in {scope(summary)}."]
    skipped = [
        (one if summary.skipped[reason] == 1 else many.format(summary.skipped[reason]))
        for reason, (one, many) in _SKIPPED.items()
        if summary.skipped.get(reason)
    ]
    if skipped:
        hint = "" if style.verbose else " (--verbose lists them)"
        lines.append(palette.faint(f"Not linted: {', '.join(skipped)}{hint}."))
    lines += map(palette.faint, summary.unseen)
    return lines

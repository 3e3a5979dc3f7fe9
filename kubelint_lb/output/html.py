"""The report as a page of its own: findings by severity, object and rule, with excerpts and a box to filter. No network."""

from __future__ import annotations

from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kubelint_lb.output.cells import one_line, printable_lines
from kubelint_lb.output.excerpt import Sources
from kubelint_lb.output.oneline import by_severity, count, object_name, place, scope
from kubelint_lb.output.paths import Paths
from kubelint_lb.output.text import plain_excerpt
from kubelint_lb.settings.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kubelint_lb.output.style import Style
    from kubelint_lb.report.finding import Finding, Report

_FORM = """<form>
<input type="search" name="text" placeholder="rule, object, file, words" aria-label="Filter findings">
{boxes}<span id="count"></span>
</form>"""


def render(report: Report, style: Style) -> str:
    """The text of the page."""
    paths = Paths(report.root, style.cwd)
    summary = report.summary
    boxes = "".join(_box(one) for one in Severity if summary.findings.get(one))
    found = by_severity(summary.findings) or "No problems found"
    form = _FORM.format(boxes=boxes) if report.findings else ""
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>kubelint-lb</title>',
            f"<style>{asset('report.css')}</style>\n</head>\n<body>",
            f"<header><h1>kubelint-lb</h1><p>{found} in {scope(summary)}.</p>{form}</header>",
            "<main>",
            *_rules(report),
            *_findings(report, style, paths),
            f"</main>\n<script>{asset('report.js')}</script>\n</body>\n</html>\n",
        ]
    )


def _box(severity: Severity) -> str:
    name = severity.value
    return f'<label class="{name}"><input type="checkbox" name="{name}" checked> {name}s</label>\n'


def _rules(report: Report) -> Iterator[str]:
    """How often each rule was found, the most frequent first."""
    counts: dict[str, int] = {}
    for one in report.findings:
        counts[one.rule] = counts.get(one.rule, 0) + 1
    if counts:
        rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        words = "".join(f"<tr><td>{number}</td><td>{_safe(name)}</td></tr>" for name, number in rows)
        yield f"<details><summary>{count(len(rows), 'rule')}</summary><table>{words}</table></details>"


def _findings(report: Report, style: Style, paths: Paths) -> Iterator[str]:
    """By severity, then by object."""
    sources = Sources(report.sources)
    ordered = sorted(report.findings, key=lambda one: (-one.severity.rank, _owner(one, paths)))
    for severity, group in groupby(ordered, key=lambda one: one.severity):
        yield f'<h2 class="{severity.value}">{severity.value.capitalize()}s</h2>'
        for owner, findings in groupby(group, key=lambda one: _owner(one, paths)):
            yield f"<section>\n<h3>{_safe(owner)}</h3>"
            for one in findings:
                excerpt = plain_excerpt(one, style, sources, paths)
                rule = f'<a href="{escape(one.url)}">{_safe(one.rule)}</a>' if one.url.startswith("https://") else _safe(one.rule)
                yield f'<details class="finding {severity.value}"><summary>{_safe(one.message)}'
                yield f"<small>{rule} · {_safe(place(one.location, paths))}</small></summary>"
                yield f"<pre>{escape(printable_lines(excerpt))}</pre></details>"
            yield "</section>"


def _owner(finding: Finding, paths: Paths) -> str:
    return object_name(finding.object) if finding.object is not None else paths(finding.location.path)


def asset(name: str) -> str:
    """The text of a file that pages hold in themselves."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def _safe(text: str) -> str:
    return escape(one_line(text))

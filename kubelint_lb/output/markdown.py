"""A summary for a comment of a pull request, or of a CI run: counts, a table by object, excerpts to unfold."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kubelint_lb.output.cells import inert, one_line
from kubelint_lb.output.excerpt import Sources
from kubelint_lb.output.oneline import by_severity, object_name, place, scope
from kubelint_lb.output.paths import Paths
from kubelint_lb.output.text import plain_excerpt
from kubelint_lb.settings.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kubelint_lb.output.style import Style
    from kubelint_lb.report.finding import Finding, Report

# GitHub takes 65,536 characters in a comment; some room is left for what others put around it.
LONGEST = 65_000
_ROOM_FOR_END = 200


def render(report: Report, style: Style) -> str:
    """The whole text, within `LONGEST` characters: what does not fit is counted at the end."""
    paths = Paths(report.root, style.cwd)
    head = "\n".join(_head(report, paths)) + "\n"
    parts, length = [head], len(head)
    shown = 0
    for text in _details(report, style, paths):
        if length + len(text) > LONGEST - _ROOM_FOR_END:
            break
        parts.append(text)
        length += len(text)
        shown += 1
    if shown < len(report.findings):
        parts.append(
            f"\n{len(report.findings) - shown} of {len(report.findings)} findings are not shown: they do not fit here.\n"
        )
    return "".join(parts)


def _head(report: Report, paths: Paths) -> Iterator[str]:
    summary = report.summary
    found = by_severity(summary.findings)
    yield "### kubelint-lb\n"
    yield f"{f'**{found}**' if found else 'No problems found'} in {scope(summary)}."
    if report.findings:
        yield "\n| object | errors | warnings | infos | first |\n|---|---:|---:|---:|---|"
        yield from _rows(report.findings, paths)


def _rows(findings: Sequence[Finding], paths: Paths) -> Iterator[str]:
    """A row an object, the worst first; a hundred at most."""
    by_object: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        by_object[object_name(one.object) if one.object is not None else one_line(paths(one.location.path))].append(one)
    rows = sorted(by_object.items(), key=lambda item: [-sum(one.severity is level for one in item[1]) for level in Severity])
    for name, group in rows[:100]:
        numbers = " | ".join(str(sum(one.severity is level for one in group) or "") for level in Severity)
        yield f"| {_safe(name)} | {numbers} | {_safe(place(group[0].location, paths))} |"
    if len(rows) > 100:
        yield f"| and {len(rows) - 100} more | | | | |"


def _details(report: Report, style: Style, paths: Paths) -> Iterator[str]:
    sources = Sources(report.sources)
    for one in report.findings:
        title = f"{one.severity.value} <code>{_safe(one.rule)}</code>: {_safe(one.message)}"
        excerpt = plain_excerpt(one, style, sources, paths)
        fence = "`" * (max((len(run) for run in re.findall("`+", excerpt)), default=0) + 3 if "```" in excerpt else 3)
        link = f"\n[{one.rule}]({one.url})\n" if one.url.startswith("https://") else ""
        yield f"\n<details><summary>{title}</summary>\n\n{fence}text\n{excerpt}\n{fence}\n{link}\n</details>\n"


def _safe(text: str) -> str:
    """As in every comment; and no text is struck through."""
    return inert(text).replace("~", "\\~")

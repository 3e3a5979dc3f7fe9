"""The summary as a page of its own: teams, rules, who has which, trees. No scripts, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from kubelint_lb.fleet.record import JSON_REPORT, SARIF_REPORT
from kubelint_lb.fleet.summary import Change, Summary, TreeSummary, by_findings
from kubelint_lb.fleet.task import Status
from kubelint_lb.output.cells import one_line
from kubelint_lb.output.html import asset
from kubelint_lb.output.oneline import by_severity, count
from kubelint_lb.settings.severity import Severity

# A page with more rows is slow to open; fleet.json has all of them.
MOST_ROWS, MOST_TEAMS = 500, 24
_NOBODY = "(no team)"


def page(summary: Summary) -> str:
    """The text of the page."""
    css = asset("report.css") + (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>kubelint-lb: fleet</title>',
            f"<style>{css}</style>\n</head>\n<body>",
            f"<header><h1>kubelint-lb</h1><p>{_headline(summary)}</p></header>\n<main>",
            *_failed(summary),
            *_teams(summary),
            *_rules(summary),
            *_matrix(summary),
            *_trees(summary),
            *_notices(summary),
            "</main>\n</body>\n</html>\n",
        ]
    )


def _headline(summary: Summary) -> str:
    parts = [f"{by_severity(summary.severities) or 'No problems found'} in {count(len(summary.trees), 'tree')}"]
    if summary.failed:
        parts.append(f"{len(summary.failed)} could not be linted")
    if (trend := summary.trend) is not None:
        parts.append(f"since the last run {trend.change.new} new and {trend.change.gone} gone in {count(trend.compared, 'tree')}")
        if trend.came or trend.went:
            parts.append(f"{count(trend.came, 'tree')} came, {trend.went} went")
    return "; ".join(parts) + "."


def _failed(summary: Summary) -> Iterator[str]:
    if summary.failed:
        yield '<h2 class="error">Not linted</h2>'
        rows = [[_safe(one.name), _team(one.team), _safe(one.reason)] for one in summary.failed]
        yield from _table(("Tree", "Team", "Why"), rows, numbers=0)


def _teams(summary: Summary) -> Iterator[str]:
    if not any(one.team for one in summary.teams):
        return
    yield "<h2>Teams</h2>"
    rows = [
        [
            *_counts(one.severities, one.findings, one.change if summary.trend else None),
            str(one.trees),
            str(one.failed),
            _team(one.team),
            _top(one.rules),
        ]
        for one in summary.teams
    ]
    yield from _table((*_COUNTS, "Trees", "Not linted", "Team", "Most frequent"), rows, numbers=len(_COUNTS) + 2)


def _rules(summary: Summary) -> Iterator[str]:
    if not summary.rules:
        return
    yield "<h2>Rules</h2>"
    rows = [
        [
            str(one.findings),
            *_changes(one.change if summary.trend else None),
            str(one.trees),
            f'<span class="{one.severity}">{one.severity}</span>' if one.severity else "",
            _safe(one.rule),
            _top(one.teams) if any(one.teams) else "",
        ]
        for one in summary.rules
    ]
    yield from _table(("Findings", "New", "Gone", "Trees", "Severity", "Rule", "Teams"), rows, numbers=4)


def _matrix(summary: Summary) -> Iterator[str]:
    """Rules down, teams across."""
    teams = summary.teams[:MOST_TEAMS]
    if len(teams) < 2 or not summary.rules:
        return
    yield f"<details><summary>Rules by team{_of(len(teams), len(summary.teams), 'teams')}</summary>"
    rows = [[*(str(one.teams.get(team.team) or "") for team in teams), _safe(one.rule)] for one in summary.rules]
    yield from _table((*(_team(one.team) for one in teams), "Rule"), rows, numbers=len(teams))
    yield "</details>"


def _trees(summary: Summary) -> Iterator[str]:
    linted = by_findings([one for one in summary.trees if one.status is not Status.FAILED])
    shown = linted[:MOST_ROWS]
    if not shown:
        return
    yield f"<h2>Trees{_of(len(shown), len(linted), 'with the most findings')}</h2>"
    rows = [
        [*_counts(one.severities, one.findings, one.change), _reports(one), _team(one.team), _top(one.rules)] for one in shown
    ]
    yield from _table((*_COUNTS, "Tree", "Team", "Most frequent"), rows, numbers=len(_COUNTS))


def _notices(summary: Summary) -> Iterator[str]:
    rows = [[_safe(one.name), _team(one.team), _safe(notice)] for one in summary.trees for notice in one.notices]
    if rows:
        shown = rows[:MOST_ROWS]
        yield f"<details><summary>{count(len(rows), 'notice')}{_of(len(shown), len(rows), 'by name')}</summary>"
        yield from _table(("Tree", "Team", "Notice"), shown, numbers=0)
        yield "</details>"


_COUNTS = ("Findings", "Errors", "Warnings", "Infos", "New", "Gone")


def _counts(severities: Mapping[Severity, int], findings: int, change: Change | None) -> list[str]:
    return [str(findings), *(str(severities.get(one, 0)) for one in Severity), *_changes(change)]


def _changes(change: Change | None) -> list[str]:
    """New and gone; empty where there is nothing to compare with."""
    return ["", ""] if change is None else [str(change.new), str(change.gone)]


def _reports(tree: TreeSummary) -> str:
    place = f"trees/{quote(tree.folder)}"
    return f'<a href="{place}/{JSON_REPORT}">{_safe(tree.name)}</a> <a href="{place}/{SARIF_REPORT}">SARIF</a>'


def _top(counts: Mapping[str, int], most: int = 3) -> str:
    """The first few of counts that are ordered already."""
    words = [f"{_safe(name or _NOBODY)} {number}" for name, number in list(counts.items())[:most]]
    return ", ".join(words) + (f" and {len(counts) - most} more" if len(counts) > most else "")


def _team(team: str) -> str:
    return _safe(team or _NOBODY)


def _of(shown: int, there: int, words: str) -> str:
    return f" ({shown} of {there}, {words})" if shown < there else ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: int) -> Iterator[str]:
    """A table of cells that are HTML already; the first `numbers` columns are numbers."""
    yield '<div class="wide"><table>\n<thead><tr>' + "".join(f"<th>{one}</th>" for one in heads) + "</tr></thead>\n<tbody>"
    for row in rows:
        cells = (f'<td class="number">{one}</td>' if column < numbers else f"<td>{one}</td>" for column, one in enumerate(row))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _safe(text: str) -> str:
    return escape(one_line(text))

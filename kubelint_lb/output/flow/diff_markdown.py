"""A comparison of traffic for a pull request: counts, then a table for each kind of change; what risks little is folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kubelint_lb.engine.diff.change import Change, ChangeKind, Comparison
from kubelint_lb.output.cells import inert
from kubelint_lb.output.flow.diff_text import place_of, units_of
from kubelint_lb.output.paths import Paths

# The most that GitHub takes for a comment, less room for what stands around the tables.
_LONGEST = 60_000
_OPEN = frozenset({ChangeKind.EXPOSED, ChangeKind.LOST, ChangeKind.BROKEN})


def diff_markdown(found: Comparison, paths: Paths) -> str:
    """The text of a comment; what does not fit is counted."""
    if not found.changes:
        return f"### Traffic\n\nNo change between {inert(found.earlier)} and {inert(found.later)}.\n"
    parts = [f"### Traffic\n\n{_counts(found.changes)}, between {inert(found.earlier)} and {inert(found.later)}.\n"]
    length, left_out = len(parts[0]), 0
    for kind, group in groupby(found.changes, key=lambda one: one.kind):
        changes = list(group)
        rows = []
        for row in (_row(one, paths) for one in changes):
            if length + len(row) > _LONGEST:
                left_out += 1
                continue
            length += len(row)
            rows.append(row)
        if rows:
            parts.append("\n".join(_section(kind, len(changes), rows)))
    if left_out:
        parts.append(f"{left_out} more changes do not fit here.\n")
    return "\n".join(parts)


def _counts(changes: Sequence[Change]) -> str:
    groups = groupby(changes, key=lambda one: one.kind)
    return ", ".join(f"**{len(list(group))}** {kind.word}" for kind, group in groups)


def _section(kind: ChangeKind, count: int, rows: list[str]) -> Iterator[str]:
    opened = " open" if kind in _OPEN else ""
    yield f"<details{opened}><summary>{kind.title} ({count})</summary>\n"
    yield "| what | before | after | where |\n|---|---|---|---|"
    yield from rows
    yield "\n</details>\n"


def _row(change: Change, paths: Paths) -> str:
    where = "; ".join(text for text in (place_of(change, paths), units_of(change)) if text)
    cells = (change.subject, change.before or "–", change.after or "–", where)  # noqa: RUF001 - a dash for nothing
    return f"| {' | '.join(map(inert, cells))} |"

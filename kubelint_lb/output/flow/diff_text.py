"""A comparison of traffic for people: what changed, ordered by what it risks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kubelint_lb.engine.diff.change import Change, Comparison
from kubelint_lb.output.cells import one_line
from kubelint_lb.output.paths import Paths


def diff_text(found: Comparison, paths: Paths) -> str:
    """Headings with a line or two for each change; one sentence where there is none."""
    if not found.changes:
        return f"No change in the traffic between {found.earlier} and {found.later}.\n"
    lines = []
    for kind, changes in groupby(found.changes, key=lambda one: one.kind):
        lines += [f"{kind.title}:", *(line for one in changes for line in _lines(one, paths)), ""]
    number = len(found.changes)
    lines.append(f"{number} change{'s' if number > 1 else ''} in the traffic between {found.earlier} and {found.later}.")
    return "\n".join(map(one_line, lines)) + "\n"


def place_of(change: Change, paths: Paths) -> str:
    """`path:line` of the later tree, else of the earlier one; empty where it is nowhere."""
    place = change.new or change.old
    return f"{paths(place.path)}:{place.span[0]}" if place is not None else ""


def units_of(change: Change) -> str:
    """The units in which it is so, unless that says nothing (`.` is a tree of files)."""
    named = [one for one in change.units if one not in {"", "."}]
    return ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")


def _lines(change: Change, paths: Paths) -> Iterator[str]:
    notes = [text for text in (place_of(change, paths), units_of(change)) if text]
    yield f"  {change.subject}" + (f"  ({'; '.join(notes)})" if notes else "")
    if change.before:
        yield f"    - {change.before}"
    if change.after:
        yield f"    + {change.after}"

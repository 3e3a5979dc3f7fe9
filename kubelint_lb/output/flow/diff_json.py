"""A comparison of traffic as JSON: `schemas/diff.schema.json`. Keys that say nothing are left out."""

from __future__ import annotations

from kubelint_lb.engine.diff.change import Change, Comparison
from kubelint_lb.output.json_text import dump
from kubelint_lb.output.paths import Paths
from kubelint_lb.source.place import Location

VERSION = 1


def diff_json(found: Comparison, paths: Paths) -> str:
    """The comparison as one object."""
    changes = [_change(one, paths) for one in found.changes]
    data = {"version": VERSION, "earlier": found.earlier, "later": found.later, "changes": changes}
    return dump(data)


def _change(change: Change, paths: Paths) -> dict[str, object]:
    data = {
        "kind": change.kind.word,
        "subject": change.subject,
        "before": change.before,
        "after": change.after,
        "units": list(change.units),
        "old": _place(change.old, paths),
        "new": _place(change.new, paths),
    }
    return {key: value for key, value in data.items() if value}


def _place(place: Location | None, paths: Paths) -> dict[str, object] | None:
    return {"path": paths(place.path), "line": place.span[0]} if place is not None else None

"""What the last run found, tree by tree: one line of JSON for each, in the order of names, read and written as a stream."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.fleet.record import Found

HISTORY = "last-run.jsonl"
Marks = Counter[tuple[str, str]]  # rule and fingerprint


class Past(NamedTuple):
    """What a tree's findings were known by. None: it was never linted."""

    name: str
    marks: Marks | None


class Changed(NamedTuple):
    """How often each rule's findings are new in a tree, and gone from it."""

    new: Counter[str]
    gone: Counter[str]


def marks_of(found: Iterable[Found]) -> Marks:
    """By what findings are known again in another run."""
    return Counter((one.rule, one.fingerprint) for one in found)


def changed(before: Marks, now: Marks) -> Changed:
    """What is only in one of two runs."""
    new, gone = Counter[str](), Counter[str]()
    for (rule, _), number in (now - before).items():
        new[rule] += number
    for (rule, _), number in (before - now).items():
        gone[rule] += number
    return Changed(new, gone)


def past_line(past: Past) -> str:
    """A tree as a line of the file."""
    marks = None if past.marks is None else sorted((*mark, number) for mark, number in past.marks.items())
    return json.dumps([past.name, marks], separators=(",", ":")) + "\n"


def read_history(folder: Path) -> Iterator[Past] | None:
    """The trees of the last run into this folder; None where there was none."""
    file = folder / HISTORY
    return _lines(file) if file.is_file() else None


def _lines(file: Path) -> Iterator[Past]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                name, marks = json.loads(line)
                yield Past(name, None if marks is None else Counter({(rule, mark): number for rule, mark, number in marks}))
            except (ValueError, TypeError):
                continue  # of a file that somebody changed, the rest still tells something

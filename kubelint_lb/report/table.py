"""Objects by what findings say of them: the closing table of rules whose messages have columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from kubelint_lb.report.finding import Finding, ObjectId


class Row(NamedTuple):
    """One object, and how many findings it has in each column."""

    object: ObjectId
    path: str
    counts: tuple[int, ...]


class Table(NamedTuple):
    """The titles of the columns, in order of the alphabet, and the objects in order of path and name."""

    rule: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def tables_of(findings: Iterable[Finding]) -> list[Table]:
    """A table for each rule whose findings have columns, in order of the rules' names."""
    by_rule: dict[str, dict[tuple[str, ObjectId], Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for one in findings:
        if one.column and one.object is not None:
            by_rule[one.rule][one.location.path, one.object][one.column] += 1
    return [_table(rule, by_rule[rule]) for rule in sorted(by_rule)]


def _table(rule: str, counts: dict[tuple[str, ObjectId], Counter[str]]) -> Table:
    columns = tuple(sorted({column for one in counts.values() for column in one}, key=str.lower))
    keys = sorted(counts, key=lambda key: (key[0], key[1].namespace or "", key[1].name))
    rows = (Row(key[1], key[0], tuple(counts[key][column] for column in columns)) for key in keys)
    return Table(rule, columns, tuple(rows))

"""Baselines: files that list the findings a team knows and lives with, so that only new ones are reported.

One line of JSON for each finding, in a fixed order: what two people change at the same time merges like code.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.detectors.api import Issue
from kubelint_lb.engine.detect import Hit
from kubelint_lb.engine.errors import FileError, Mistake, UsageError
from kubelint_lb.engine.finding import Finding, Report, Severity, Suppressed
from kubelint_lb.engine.fingerprint import Field, fingerprint
from kubelint_lb.engine.known import pair
from kubelint_lb.engine.settle import Mark
from kubelint_lb.engine.suppress import UNUSED
from kubelint_lb.source.decode import NotText, decode
from kubelint_lb.source.parse import parse_text

VERSION = 1
# A baseline must not hide that the tool failed.
_NEVER = frozenset({"internal-error"})
_FIELDS = ("fingerprint", "rule", "path", "message")


class Entry(NamedTuple):
    """A known finding; the fingerprint counts, the rest is for people. `number` is its 0-based place in the file."""

    fingerprint: str
    rule: str
    path: str
    message: str
    number: int


class Matched(NamedTuple):
    """The marks of findings that are known, and the entries that no finding matches."""

    known: frozenset[Mark]
    stale: tuple[Entry, ...]


class Baseline(NamedTuple):
    """A baseline as read; `path` is relative to the root, with `/`."""

    path: str
    text: str
    entries: tuple[Entry, ...]

    def match(self, marks: Iterable[Mark]) -> Matched:
        """Which findings, of all there are, the baseline knows."""
        by_fingerprint = {entry.fingerprint: entry for entry in self.entries}
        equals: dict[tuple[str, ...], list[Mark]] = defaultdict(list)
        for mark in marks:
            equals[mark.kin].append(mark)
        known: set[Mark] = set()
        used: set[str] = set()
        for kin, now in equals.items():
            before = _before(kin, max(mark.ordinal for mark in now) + 1, by_fingerprint)
            for mark, entry in pair(now, [(entry.path, entry) for entry in before]):
                known.add(mark)
                used.add(entry.fingerprint)
        return Matched(frozenset(known), tuple(entry for entry in self.entries if entry.fingerprint not in used))

    def complaints(self, stale: Iterable[Entry]) -> Iterator[Hit]:
        """That entries match nothing any more, at their fingerprints."""
        entries = list(stale)
        documents = parse_text(self.text, self.path) if entries else []
        for entry in entries:
            node = documents[0].root.get("findings", entry.number, "fingerprint") if documents and documents[0].root else None
            if node is not None:
                yield Hit(UNUSED, Issue(node, "stale-baseline", name=entry.rule), None, "", Field("", entry.fingerprint))


def _before(kin: tuple[str, ...], at_least: int, entries: dict[str, Entry]) -> list[Entry]:
    """The entries for findings that are equal but for their place."""
    found = []
    ordinal = 0
    while (entry := entries.get(fingerprint(kin, ordinal))) is not None or ordinal < at_least:
        if entry is not None:
            found.append(entry)
        ordinal += 1
    return found


def read_baseline(file: Path, root: Path) -> Baseline:
    """The baseline in a file. Raises UsageError where there is none, FileError with the place of what is wrong in it."""
    try:
        text = decode(file.read_bytes())
    except FileNotFoundError:
        raise UsageError(f"--baseline: no such file: {file}; make it with --write-baseline {file}") from None
    except OSError as error:
        raise UsageError(f"--baseline: cannot read {file}: {error.strerror}") from None
    except NotText as error:
        raise FileError([Mistake(str(file), 1, 1, str(error))]) from None
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise FileError([Mistake(str(file), error.lineno, error.colno, f"not JSON: {error.msg}")]) from None
    except RecursionError:
        raise FileError([Mistake(str(file), 1, 1, "not a baseline: nested too deep")]) from None
    relative = Path(os.path.relpath(file.resolve(), root)).as_posix()
    return Baseline(relative, text, _entries(data, text, file))


def _entries(data: object, text: str, file: Path) -> tuple[Entry, ...]:
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise FileError([_mistake(text, file, (), "not a baseline: it has no list of findings")])
    if data.get("version") != VERSION:
        raise FileError([_mistake(text, file, ("version",), f"a baseline of version {VERSION} is wanted; write it anew")])
    entries = []
    mistakes = []
    for index, one in enumerate(data["findings"]):
        wrong = [name for name in _FIELDS if not (isinstance(one, dict) and isinstance(one.get(name), str))]
        if wrong:
            words = f"findings[{index}]: '{wrong[0]}' is missing, or no text"
            mistakes.append(_mistake(text, file, ("findings", index, wrong[0]), words))
        else:
            entries.append(Entry(one["fingerprint"], one["rule"], one["path"], one["message"], index))
    if mistakes:
        raise FileError(mistakes)
    return tuple(entries)


def _mistake(text: str, file: Path, path: tuple[str | int, ...], words: str) -> Mistake:
    from kubelint_lb.engine.schema_check import node_places

    documents = parse_text(text, str(file))
    root = documents[0].root if documents else None
    if root is None:
        return Mistake(str(file), 1, 1, words)
    place = node_places(root)(path, False)  # noqa: FBT003
    return Mistake(str(file), place.line, place.column, words)


def baseline_text(report: Report) -> str:
    """A baseline of all that a report holds, shown or hidden; what is suppressed otherwise needs no second hiding."""
    findings = sorted((one for one in _acceptable(report)), key=lambda one: (one.location.path, one.rule, one.fingerprint))
    rows = [
        json.dumps(
            {"fingerprint": one.fingerprint, "rule": one.rule, "path": one.location.path, "message": one.message},
            ensure_ascii=False,
        )
        for one in findings
    ]
    listed = ",\n".join(f"    {row}" for row in rows)
    inner = f"[\n{listed}\n  ]" if rows else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {inner}\n}}\n'


def accepted(report: Report) -> Report:
    """The report of the same run with the baseline that was just made of it."""
    known = tuple(one._replace(suppressed=Suppressed("baseline", "")) for one in _acceptable(report))
    left = tuple(one for one in report.findings if one.rule in _NEVER)
    suppressed = (*report.suppressed, *known)
    counts = dict.fromkeys(Severity, 0)
    for finding in left:
        counts[finding.severity] += 1
    summary = report.summary._replace(findings=counts, hidden=0, suppressed=len(suppressed))
    exit_code = report.exit_code if left else 0
    return report._replace(findings=left, hidden=(), suppressed=suppressed, summary=summary, exit_code=exit_code)


def _acceptable(report: Report) -> list[Finding]:
    return [one for one in (*report.findings, *report.hidden) if one.rule not in _NEVER]

"""Baselines: files that list the findings a team knows and lives with, so that only new ones are reported.

One line of JSON for each finding, in a fixed order: what two people change at the same time merges like code.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from kubelint_lb.detectors.api import Issue
from kubelint_lb.engine.detect import Hit
from kubelint_lb.engine.directives import is_day
from kubelint_lb.engine.fingerprint import Field, fingerprint
from kubelint_lb.engine.known import pair
from kubelint_lb.engine.settle import Mark, Settled
from kubelint_lb.engine.suppress import UNUSED
from kubelint_lb.report.finding import Finding, Related, Report, Suppressed
from kubelint_lb.settings.errors import FileError, Mistake, UsageError
from kubelint_lb.settings.severity import Severity
from kubelint_lb.source.decode import NotText, decode
from kubelint_lb.source.files import read_file
from kubelint_lb.source.node import Document
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.place import Location

VERSION = 1
# A baseline must not hide that the tool failed.
_NEVER = frozenset({"internal-error"})
_FIELDS = ("fingerprint", "rule", "path", "message")


class Entry(NamedTuple):
    """A known finding; the fingerprint counts, rule, path and message are for people. `number` is its 0-based place in the
    file, `until` the last day that it holds (YYYY-MM-DD), or None."""

    fingerprint: str
    rule: str
    path: str
    message: str
    number: int
    until: str | None = None


class Matched(NamedTuple):
    """The marks of findings that are known, the entries of those that were until some day, and the entries that no finding
    matches."""

    known: frozenset[Mark]
    ended: Mapping[Mark, Entry]
    stale: tuple[Entry, ...]


class Baseline(NamedTuple):
    """A baseline as read; `path` is relative to the root, with `/`."""

    path: str
    text: str
    entries: tuple[Entry, ...]

    def match(self, marks: Iterable[Mark], today: str) -> Matched:
        """Which findings, of all there are, the baseline knows. `today` is YYYY-MM-DD."""
        by_fingerprint = {entry.fingerprint: entry for entry in self.entries}
        equals: dict[tuple[str, ...], list[Mark]] = defaultdict(list)
        for mark in marks:
            equals[mark.kin].append(mark)
        known: set[Mark] = set()
        ended: dict[Mark, Entry] = {}
        used: set[str] = set()
        for kin, now in equals.items():
            before = _before(kin, max(mark.ordinal for mark in now) + 1, by_fingerprint)
            for mark, entry in pair(now, [(entry.path, entry) for entry in before]):
                used.add(entry.fingerprint)
                if entry.until is None or entry.until >= today:
                    known.add(mark)
                else:
                    ended[mark] = entry
        return Matched(frozenset(known), ended, tuple(entry for entry in self.entries if entry.fingerprint not in used))

    def noted(self, kept: Iterable[Settled], ended: Mapping[Mark, Entry]) -> list[Settled]:
        """Findings, with a note at each that was known until some day."""
        documents = parse_text(self.text, self.path) if ended else []
        return [_noted(one, entry, documents[0]) if (entry := ended.get(one.mark)) else one for one in kept]

    def complaints(self, stale: Iterable[Entry]) -> Iterator[Hit]:
        """That entries match nothing any more, at their fingerprints."""
        entries = list(stale)
        documents = parse_text(self.text, self.path) if entries else []
        for entry in entries:
            node = documents[0].root.get("findings", entry.number, "fingerprint") if documents and documents[0].root else None
            if node is not None:
                yield Hit(UNUSED, Issue(node, "stale-baseline", name=entry.rule), None, "", Field("", entry.fingerprint))


def _noted(one: Settled, entry: Entry, document: Document) -> Settled:
    node = document.root.get("findings", entry.number, "until") if document.root is not None else None
    if node is None:
        return one
    note = Related(Location(node.path, node.span), f"the baseline held until {entry.until}")
    return one._replace(finding=one.finding._replace(related=(*one.finding.related, note)))


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
        text = decode(read_file(file))
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
        elif (until := one.get("until")) is not None and not (isinstance(until, str) and is_day(until)):
            words = f"findings[{index}]: 'until' is a day as YYYY-MM-DD"
            mistakes.append(_mistake(text, file, ("findings", index, "until"), words))
        else:
            entries.append(Entry(one["fingerprint"], one["rule"], one["path"], one["message"], index, until))
    if mistakes:
        raise FileError(mistakes)
    return tuple(entries)


def _mistake(text: str, file: Path, path: tuple[str | int, ...], words: str) -> Mistake:
    from kubelint_lb.settings.schema_check import node_places

    documents = parse_text(text, str(file))
    root = documents[0].root if documents else None
    if root is None:
        return Mistake(str(file), 1, 1, words)
    place = node_places(root)(path, False)  # noqa: FBT003
    return Mistake(str(file), place.line, place.column, words)


def baseline_text(report: Report, until: Mapping[str, str] = MappingProxyType({})) -> str:
    """A baseline of all that a report holds, shown or hidden; what is suppressed otherwise needs no second hiding.

    `until` are the last days (YYYY-MM-DD) of entries that have one, by fingerprint.
    """
    findings = sorted((one for one in _acceptable(report)), key=lambda one: (one.location.path, one.rule, one.fingerprint))
    listed = ",\n".join(f"    {json.dumps(_row(one, until.get(one.fingerprint)), ensure_ascii=False)}" for one in findings)
    inner = f"[\n{listed}\n  ]" if listed else "[]"
    text = f'{{\n  "version": {VERSION},\n  "findings": {inner}\n}}\n'
    # What UTF-8 has not (file names in another encoding) is escaped by this as JSON does it, too.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _row(one: Finding, until: str | None) -> dict[str, str]:
    row = {"fingerprint": one.fingerprint, "rule": one.rule, "path": one.location.path, "message": one.message}
    return row if until is None else {**row, "until": until}


def days_to_come(file: Path, root: Path, today: str) -> dict[str, str]:
    """The last days (YYYY-MM-DD) that a baseline's entries name, by fingerprint, if they are not past; none of another file."""
    try:
        entries = read_baseline(file, root).entries
    except UsageError:
        return {}
    return {one.fingerprint: one.until for one in entries if one.until is not None and one.until >= today}


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

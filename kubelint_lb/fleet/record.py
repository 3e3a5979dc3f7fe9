"""What stays of a tree that was linted: its counts and by what its findings are known again. JSON, beside its reports."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from kubelint_lb.fleet.files import write
from kubelint_lb.report.finding import Report
from kubelint_lb.settings.severity import Severity

DONE, JSON_REPORT, SARIF_REPORT = "done.json", "report.json", "report.sarif"


class Found(NamedTuple):
    """A finding, as far as a summary counts it."""

    rule: str
    severity: Severity
    fingerprint: str


class Record(NamedTuple):
    """What was found in a tree. `key` stands for all that it was made from, `run` for the run that made it. `notices` are
    sentences on what a run could not see, as `check` tells them on standard error.

    `day` (YYYY-MM-DD) is set where the report may change with the calendar, as findings are suppressed, and suppressions end.
    """

    key: str
    run: str
    day: str
    kind: str
    files: int
    manifests: int
    units: int
    suppressed: int
    skipped: int
    found: tuple[Found, ...]
    notices: tuple[str, ...]

    def holds(self, key: str, today: str) -> bool:
        """Whether a tree with this key, linted today, would give the same."""
        return self.key == key and self.day in {"", today}


def record_of(report: Report, key: str, run: str, kind: str, today: str) -> Record:
    """The record of a report."""
    summary = report.summary
    return Record(
        key=key,
        run=run,
        day=today if report.suppressed else "",
        kind=kind,
        files=summary.files,
        manifests=summary.manifests,
        units=summary.units,
        suppressed=summary.suppressed,
        skipped=sum(summary.skipped.values()),
        found=tuple(Found(one.rule, one.severity, one.fingerprint) for one in report.findings),
        notices=report.notices,
    )


def read_record(folder: Path) -> Record | None:
    """The record in a tree's folder; None where there is none that can be read, which is as if nothing was done."""
    try:
        said: dict[str, Any] = json.loads((folder / DONE).read_text(encoding="utf-8"))
        found = tuple(Found(rule, Severity(severity), fingerprint) for rule, severity, fingerprint in said["found"])
        return Record(**{**said, "found": found, "notices": tuple(said["notices"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_record(folder: Path, record: Record) -> None:
    """Says that a tree is done; to be called when its reports are written."""
    write(folder / DONE, json.dumps(record._asdict(), separators=(",", ":")) + "\n")


def forget(folder: Path) -> None:
    """Takes away what was said of a tree, the record first: an old report beside a failure would be taken for a new one."""
    for name in (DONE, JSON_REPORT, SARIF_REPORT):
        with suppress(OSError):
            (folder / name).unlink()

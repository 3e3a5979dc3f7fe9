"""One summary of many trees: which rules where, whose, and what changed since the last run. By name, never by who was first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.fleet.history import Changed, Past, changed, marks_of
from kubelint_lb.fleet.record import Found, Record, read_record
from kubelint_lb.fleet.targets import Target
from kubelint_lb.fleet.task import Outcome, Status
from kubelint_lb.settings.severity import Severity

_NOTHING = Changed(Counter(), Counter())
_NO_RECORD = Record("", "", "", "", 0, 0, 0, 0, 0, (), ())


class Change(NamedTuple):
    """Findings that are new since the last run, and those that are gone."""

    new: int
    gone: int


class TreeSummary(NamedTuple):
    """A tree: counts of what was read and found. `change` is None where there is nothing to compare with."""

    name: str
    team: str
    folder: str
    kind: str
    status: Status
    reason: str
    files: int
    manifests: int
    units: int
    suppressed: int
    skipped: int
    severities: Mapping[Severity, int]
    rules: Mapping[str, int]
    change: Change | None
    notices: tuple[str, ...]

    @property
    def findings(self) -> int:
        """All of them."""
        return sum(self.rules.values())


class RuleSummary(NamedTuple):
    """A rule: how often in how many trees, and whose they are. `severity` is the worst it was found with."""

    rule: str
    severity: Severity | None
    findings: int
    trees: int
    teams: Mapping[str, int]
    change: Change


class TeamSummary(NamedTuple):
    """A team (empty: nobody's trees): its trees and what was found in them."""

    team: str
    trees: int
    failed: int
    severities: Mapping[Severity, int]
    rules: Mapping[str, int]
    change: Change

    @property
    def findings(self) -> int:
        """All of them."""
        return sum(self.rules.values())


class Trend(NamedTuple):
    """Against the last run: trees that came and went, and the changes in those that were linted both times."""

    came: int
    went: int
    compared: int
    change: Change


class Summary(NamedTuple):
    """The whole fleet. `trend` is None in a first run."""

    trees: tuple[TreeSummary, ...]
    rules: tuple[RuleSummary, ...]
    teams: tuple[TeamSummary, ...]
    severities: Mapping[Severity, int]
    trend: Trend | None

    @property
    def failed(self) -> tuple[TreeSummary, ...]:
        """The trees that could not be linted."""
        return tuple(one for one in self.trees if one.status is Status.FAILED)

    def counted(self, status: Status) -> int:
        """How many trees ended so."""
        return sum(one.status is status for one in self.trees)


@dataclass
class _Tally:
    """What adds up: of a rule by team, of a team by rule."""

    severities: Counter[Severity] = field(default_factory=Counter)
    by: Counter[str] = field(default_factory=Counter)
    trees: int = 0
    failed: int = 0
    new: int = 0
    gone: int = 0

    @property
    def change(self) -> Change:
        return Change(self.new, self.gone)


class Adding:
    """Takes the trees in the order of their names, one at a time, and keeps only counts of each."""

    def __init__(self, last: Iterator[Past] | None) -> None:
        self._last = last
        self._waiting: Past | None = next(last, None) if last is not None else None
        self._trees: list[TreeSummary] = []
        self._rules: dict[str, _Tally] = {}
        self._teams: dict[str, _Tally] = {}
        self._came = self._went = self._compared = 0

    def add(self, target: Target, outcome: Outcome, folder: Path) -> Past:
        """Counts a tree, whose reports are in `folder`; returns what the next run has to know of it."""
        before = self._before(target.name)
        record = read_record(folder) if outcome.status is not Status.FAILED else None
        if record is None and outcome.status is not Status.FAILED:
            outcome = Outcome(target.name, Status.FAILED, "its record cannot be read")
        self._came += self._last is not None and before is None
        earlier = before.marks if before is not None else None
        if record is None:
            # It is compared with what it was before, when it is linted again.
            self._count(_tree(target, outcome, _NO_RECORD, None), _NOTHING, ())
            return Past(target.name, earlier)
        marks = marks_of(record.found)
        changes = changed(earlier, marks) if earlier is not None else None
        self._compared += changes is not None
        self._count(_tree(target, outcome, record, changes), changes or _NOTHING, record.found)
        return Past(target.name, marks)

    def summary(self) -> Summary:
        """What all of it comes to."""
        while self._waiting is not None:
            self._skip()
        severities = Counter[Severity]()
        for one in self._trees:
            severities.update(one.severities)
        tallies = self._teams.values()
        change = Change(sum(one.new for one in tallies), sum(one.gone for one in tallies))
        trend = Trend(self._came, self._went, self._compared, change) if self._last is not None else None
        return Summary(tuple(self._trees), self._all_rules(), self._all_teams(), severities, trend)

    def _before(self, name: str) -> Past | None:
        """What the last run knew of a tree; those that come before it by name are no longer in the fleet."""
        while self._waiting is not None and self._waiting.name < name:
            self._skip()
        if self._waiting is None or self._waiting.name != name:
            return None
        found = self._waiting
        self._advance()
        return found

    def _skip(self) -> None:
        self._went += 1
        self._advance()

    def _advance(self) -> None:
        self._waiting = next(self._last, None) if self._last is not None else None

    def _count(self, tree: TreeSummary, changes: Changed, found: Sequence[Found]) -> None:
        self._trees.append(tree)
        team = self._teams.setdefault(tree.team, _Tally())
        team.trees += 1
        team.failed += tree.status is Status.FAILED
        team.severities.update(tree.severities)
        team.by.update(tree.rules)
        team.new += changes.new.total()
        team.gone += changes.gone.total()
        for one in found:
            self._rule(one.rule).severities[one.severity] += 1
        for name, number in tree.rules.items():
            self._rule(name).trees += 1
            self._rule(name).by[tree.team] += number
        for name in changes.new.keys() | changes.gone.keys():
            self._rule(name).new += changes.new[name]
            self._rule(name).gone += changes.gone[name]

    def _rule(self, name: str) -> _Tally:
        return self._rules.setdefault(name, _Tally())

    def _all_rules(self) -> tuple[RuleSummary, ...]:
        rows = [
            RuleSummary(
                rule=name,
                severity=max(one.severities, key=lambda severity: severity.rank, default=None),
                findings=one.severities.total(),
                trees=one.trees,
                teams=_most_first(one.by),
                change=one.change,
            )
            for name, one in self._rules.items()
        ]
        return tuple(sorted(rows, key=lambda row: (-row.findings, row.rule)))

    def _all_teams(self) -> tuple[TeamSummary, ...]:
        rows = [
            TeamSummary(name, one.trees, one.failed, one.severities, _most_first(one.by), one.change)
            for name, one in self._teams.items()
        ]
        return tuple(sorted(rows, key=lambda row: (-row.findings, row.team)))


def _tree(target: Target, outcome: Outcome, record: Record, changes: Changed | None) -> TreeSummary:
    return TreeSummary(
        name=target.name,
        team=target.team,
        folder=target.folder,
        kind=record.kind,
        status=outcome.status,
        reason=outcome.reason,
        files=record.files,
        manifests=record.manifests,
        units=record.units,
        suppressed=record.suppressed,
        skipped=record.skipped,
        severities=Counter(one.severity for one in record.found),
        rules=_most_first(Counter(one.rule for one in record.found)),
        change=None if changes is None else Change(changes.new.total(), changes.gone.total()),
        notices=record.notices,
    )


def _most_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def at_least(summary: Summary, severity: Severity) -> int:
    """How many findings are of a severity or worse."""
    return sum(number for one, number in summary.severities.items() if one.rank >= severity.rank)


def by_findings(trees: Sequence[TreeSummary]) -> list[TreeSummary]:
    """Trees with the most findings first."""
    return sorted(trees, key=lambda one: (-one.findings, one.name))

"""Takes the time of each rule, for whoever asks which of them is slow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from kubelint_lb.detectors.issue import Issue
from kubelint_lb.report.rule_time import RuleTime


class Stopwatch:
    """The times of the rules of one run."""

    def __init__(self) -> None:
        self._times: dict[str, RuleTime] = {}

    @contextmanager
    def running(self, rule: str) -> Iterator[list[Issue]]:
        """Counts the time within, and what is put in the list, as the rule's."""
        found: list[Issue] = []
        started = perf_counter()
        try:
            yield found
        finally:
            known = self._times.get(rule, RuleTime(rule, 0.0, 0, 0))
            seconds = known.seconds + perf_counter() - started
            self._times[rule] = RuleTime(rule, seconds, known.calls + 1, known.issues + len(found))

    def times(self) -> tuple[RuleTime, ...]:
        """One for each rule that ran, by name."""
        return tuple(self._times[name] for name in sorted(self._times))

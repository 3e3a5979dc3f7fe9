"""How long a rule took."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class RuleTime(NamedTuple):
    """`seconds` in a rule's detector over all units, how often it was asked (`calls`) and how many issues it had (`issues`).

    What several rules look up is worked out when the first of them asks, and counts as that one's.
    """

    rule: str
    seconds: float
    calls: int
    issues: int


def table(times: Sequence[RuleTime]) -> str:
    """The rules by time, the slowest first, with their share in percent."""
    total = sum(one.seconds for one in times) or 1.0
    width = max((len(one.rule) for one in times), default=0)
    rows = [f"{'rule':{width}}  milliseconds  share   calls  issues"]
    rows += [
        f"{one.rule:{width}}  {one.seconds * 1000:12.1f}  {100 * one.seconds / total:4.0f}%  {one.calls:6}  {one.issues:6}"
        for one in sorted(times, key=lambda one: (-one.seconds, one.rule))
    ]
    return "\n".join(rows)

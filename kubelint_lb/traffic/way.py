"""A request on its way: the hops that it took so far, and what filters made of it."""

from __future__ import annotations

from collections.abc import Iterable

from kubelint_lb.source.node import Node
from kubelint_lb.traffic.request import Backend, Outcome, OutcomeKind, Request, Step, Subject, Trace


class Way:
    """What a trace collects. `forwarded` is the request as the next hop sees it."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.forwarded = request
        self.removed: list[str] = []
        self.mirrors: list[Backend] = []
        self._steps: list[Step] = []
        self._losers: list[Step] = []

    @property
    def started(self) -> bool:
        """Something took the request."""
        return bool(self._steps)

    def step(self, kind: str, subject: Subject, node: Node, text: str) -> None:
        """One more hop."""
        self._steps.append(Step(kind, subject, node, text))

    def steps(self, steps: Iterable[Step]) -> None:
        """Several hops."""
        self._steps += steps

    def lost(self, subject: Subject, node: Node, text: str) -> None:
        """A rule that would have taken the request, and did not win."""
        self._losers.append(Step("lost", subject, node, text))

    def traced(self, outcome: Outcome) -> Trace:
        """The way to its end. What was made of the request on the way is part of the outcome, where it got through."""
        if outcome.kind in {OutcomeKind.BACKENDS, OutcomeKind.ERROR}:
            changed = self.forwarded if self.forwarded != self.request else None
            outcome = outcome._replace(mirrors=tuple(self.mirrors), forwarded=changed, removed=tuple(self.removed))
        return Trace(self.request, outcome, tuple(self._steps), tuple(self._losers))


def unknown(reason: str) -> Outcome:
    """Nobody can say, for a reason."""
    return Outcome(OutcomeKind.UNKNOWN, reason=reason)


def failed(status: int, reason: str) -> Outcome:
    """The data plane itself answers with an error."""
    return Outcome(OutcomeKind.ERROR, status=status, reason=reason)

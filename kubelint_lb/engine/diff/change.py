"""One thing that differs between two trees, as a reviewer would say it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from kubelint_lb.source.place import Location


class ChangeKind(Enum):
    """What a change does, the riskiest first."""

    EXPOSED = ("exposed", "Open to more clients, or without TLS")
    LOST = ("lost", "No longer answered")
    BROKEN = ("broken", "Answered with an error")
    MOVED = ("moved", "Goes elsewhere")
    SHARES = ("shares", "Shares move")
    SIGHT = ("sight", "Backends see something else")
    CLIENTS = ("clients", "Addresses of clients, stickiness, timeouts")
    APPEARED = ("appeared", "Newly answered")
    CLOSED = ("closed", "Open to fewer clients, or with TLS")
    UNKNOWN = ("unknown", "No longer known")

    @property
    def word(self) -> str:
        """A word for programs."""
        return self.value[0]

    @property
    def title(self) -> str:
        """A heading for people."""
        return self.value[1]

    @property
    def rank(self) -> int:
        """0 for the riskiest."""
        return list(ChangeKind).index(self)


class Change(NamedTuple):
    """`subject` was `before` and is `after`, in words; empty where it was, or is, not there. `units` are those in which it is so.
    `old` and `new` are where that is said in each tree."""

    kind: ChangeKind
    subject: str
    before: str
    after: str
    units: tuple[str, ...] = ()
    old: Location | None = None
    new: Location | None = None


class Comparison(NamedTuple):
    """All changes, ordered by what they risk. `earlier` and `later` name the trees."""

    earlier: str
    later: str
    changes: Sequence[Change]

"""What a controller says in an object's status."""

from __future__ import annotations

from typing import NamedTuple


class Condition(NamedTuple):
    """A condition of a status, as people search for it: `ResolvedRefs`, `False`, `BackendNotFound`."""

    type: str
    status: str
    reason: str

    def __str__(self) -> str:
        return f"{self.type}={self.status}, {self.reason}"

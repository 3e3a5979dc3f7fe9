"""Objects as plain values, for checks that look at several fields at once.

Null is as good as absent. What is not known yet, or is refused already, is `OPEN`: whatever depends on it stays undecided.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias


class _Open:
    """A value that nobody knows yet. It equals nothing and is true to nothing but `is OPEN`."""

    def __repr__(self) -> str:
        return "OPEN"


OPEN: Final = _Open()
Plain: TypeAlias = Any
Path: TypeAlias = tuple[str | int, ...]


def fields(value: Plain) -> dict[str, Plain]:
    """A map; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def listed(value: Plain) -> list[Plain]:
    """A list; an empty one for anything else."""
    return value if isinstance(value, list) else []


def maps(value: Plain) -> Iterator[tuple[int, dict[str, Plain]]]:
    """The maps of a list, with their indexes."""
    return ((index, one) for index, one in enumerate(listed(value)) if isinstance(one, dict))


def number(value: Plain) -> int | None:
    """A whole number; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def word(value: Plain, default: str = "") -> str | None:
    """A text, the default where there is none; None where it is not known."""
    if value is None or value == "":
        return default
    return value if isinstance(value, str) else None


def written(path: Path) -> str:
    """A path as the server writes it."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text

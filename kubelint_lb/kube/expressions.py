"""Expressions in the Common Expression Language: read, bounded, worked out.

The language has no loops and no functions of its own; what remains, lists inside of lists, is bounded before it runs. The library
that reads it is an extra (`kubelint-lb[cel]`), and imported when first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

# Steps that one expression may take over one object: a second or two.
MOST_STEPS = 5_000_000
LONGEST = 4_000
_MACRO = re.compile(r"\.(?:all|exists|exists_one|map|filter)\s*\(\s*([A-Za-z_]\w*)?")


class NotInstalled(Exception):  # noqa: N818 - it names what is the case
    """The library is not there."""


class Outcome(NamedTuple):
    """What an expression says; `error`, in words, where it cannot be worked out. `unsure`: it may be, where more is known."""

    value: object = None
    error: str = ""
    unsure: bool = False


class Expression:
    """One expression. Raises ValueError with the reason where it cannot be read, NotInstalled where nothing reads it."""

    def __init__(self, text: str) -> None:
        try:
            import cel
        except ImportError as error:
            raise NotInstalled from error
        if len(text) > LONGEST:
            raise ValueError(f"it is longer than {LONGEST} characters")
        self.text = text
        self._program = cel.compile(text)
        # How many lists it may go through inside of each other: no more than it has macros.
        self._depth = len(_MACRO.findall(text))

    @property
    def names(self) -> set[str]:
        """The variables that somebody has to set: those that no macro binds."""
        bound = {match[1] for match in _MACRO.finditer(self.text)}
        return {str(one) for one in self._program.variables() if not str(one).startswith("@")} - bound

    def ask(self, context: Mapping[str, Any]) -> Outcome:
        """What it says of some data. Raises nothing."""
        largest = max((_largest(context[name]) for name in self.names if name in context), default=0)
        if largest**self._depth > MOST_STEPS:
            return Outcome(error=f"it would take more than {MOST_STEPS} steps", unsure=True)
        try:
            return Outcome(self._program.execute(dict(context)))
        except (KeyError, ValueError, TypeError, RuntimeError, ArithmeticError) as error:
            return Outcome(
                error=f"it cannot be worked out: {type(error).__name__} {error}", unsure=isinstance(error, RuntimeError)
            )


def _largest(value: object) -> int:
    """The longest list or map in some data."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max((len(inner), *map(_largest, inner)), default=0) if inner else 0

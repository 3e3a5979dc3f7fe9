"""Places in a text: 1-based lines and columns, counted in code points, the end exclusive."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of one text; `end_column` is the column after the last character."""

    line: int
    column: int
    end_line: int
    end_column: int

    def touches(self, line: int, column: int) -> bool:
        """A position is in it, or right after its last character."""
        return self[:2] <= (line, column) <= self[2:]

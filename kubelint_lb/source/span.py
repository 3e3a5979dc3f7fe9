"""Places in a text: 1-based lines and columns, counted in code points, the end exclusive."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of one text; `end_column` is the column after the last character."""

    line: int
    column: int
    end_line: int
    end_column: int

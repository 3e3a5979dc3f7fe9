"""How a report is to prefilter: decided once by the caller, so that no output asks the terminal or the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Style(NamedTuple):
    """The caller's choices.

    `width` is in terminal columns. `cwd` is the absolute folder that paths in text, concise, JSON and GitHub output are
    relative to; `sarif_root` the one for SARIF. `quiet` leaves findings only and wins over `verbose` and `statistics`.
    """

    color: bool
    width: int
    cwd: Path
    sarif_root: Path
    statistics: bool = False
    quiet: bool = False
    verbose: bool = False

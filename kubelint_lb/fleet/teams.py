"""Whose a tree is, by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from kubelint_lb.settings.errors import UsageError

TeamRule: TypeAlias = Callable[[str], str]
FIRST_FOLDER = "first-folder"
_TEAM = "{team}"


def no_team(_name: str) -> str:
    """Nobody says."""
    return ""


def team_rule(said: str | None) -> TeamRule:
    """What `--team-by` says: `first-folder`, or a pattern for names such as `checkouts/{team}/*`. Raises UsageError.

    `*` stands for anything within a folder's name, `**` for any folders; what stands where `{team}` does is the team.
    """
    if said is None:
        return no_team
    if said == FIRST_FOLDER:
        return lambda name: name.lstrip("/").partition("/")[0] if "/" in name.lstrip("/") else ""
    if said.count(_TEAM) != 1:
        raise UsageError(f"--team-by: '{said}' is neither {FIRST_FOLDER} nor a pattern with one {_TEAM}, such as repos/{_TEAM}/*")
    before, _, after = said.partition(_TEAM)
    pattern = re.compile(f"{_expression(before)}([^/]+?){_expression(after)}", re.DOTALL)

    def team_of(name: str) -> str:
        match = pattern.fullmatch(name)
        return match[1] if match else ""

    return team_of


def _expression(glob: str) -> str:
    parts = re.split(r"(\*\*|\*)", glob)
    return "".join({"**": ".*", "*": "[^/]*"}.get(part) or re.escape(part) for part in parts)

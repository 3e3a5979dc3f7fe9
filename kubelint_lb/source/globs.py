"""Globs in the dialects of Go programs: what a star crosses, and whether `{a,b}` means alternatives, differs between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_PART = re.compile(r"\*+|\?|\[[!^]?\]?[^\]]*\]|\\.|.", re.DOTALL)
_BRACES = re.compile(r"\{([^{}]*)\}")
_NOTHING = re.compile(r"(?!)")
_MOST = 64


@lru_cache(maxsize=256)
def glob(pattern: str, *, crosses: bool, alternatives: bool = False) -> re.Pattern[str]:
    """A pattern for whole paths. `crosses`: a star may stand for a slash, too. What is no valid glob matches nothing."""
    each = list(_spelled_out(pattern)) if alternatives else [pattern]
    if len(each) > _MOST:
        return _NOTHING
    try:
        return re.compile("|".join(f"(?:{_one(one, '.' if crosses else '[^/]')})" for one in each), re.DOTALL)
    except re.error:
        return _NOTHING


def _spelled_out(pattern: str) -> Iterator[str]:
    """The pattern once for each of its alternatives, the innermost first; stops when there are too many."""
    waiting = [pattern]
    for _ in range(2 * _MOST):
        if not waiting:
            return
        one = waiting.pop()
        braces = _BRACES.search(one)
        if braces is None:
            yield one
        else:
            waiting += [one[: braces.start()] + choice + one[braces.end() :] for choice in braces[1].split(",")]
    yield from waiting * (_MOST + 1)


def _one(pattern: str, any_: str) -> str:
    """A glob without alternatives. What stands between stars is taken where it first occurs, for good: trying further places
    takes forever."""
    segments = [""]
    for part in _PART.findall(pattern):
        if part[0] == "*":
            segments.append("")
        elif part == "?":
            segments[-1] += any_
        elif part[0] == "[" and len(part) > 2:
            inside = part[1:-1].replace("\\", "\\\\").replace("[", "\\[")
            segments[-1] += f"[^{inside[1:]}]" if inside[0] in "!^" else f"[{inside}]"
        else:
            segments[-1] += re.escape(part[-1])
    first, *rest = segments
    if not rest:
        return first
    *middle, last = rest
    return first + "".join(f"(?>{any_}*?{one})" for one in middle) + f"{any_}*{last}"

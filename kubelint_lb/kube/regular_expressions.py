"""Whether data planes can read a regular expression.

Envoy, Istio, Cilium and Traefik read RE2's syntax (github.com/google/re2/wiki/Syntax), which has no look-around and no
references back; nginx, HAProxy and Kong read PCRE, which has both.
"""

from __future__ import annotations

import re
from enum import Enum

from kubelint_lb.source.regex import compiled

# What PCRE has and RE2 does not, outside of classes and escapes.
_BEYOND_RE2 = re.compile(r"\(\?(?:=|!|<=|<!|>|\||\(|#|R|&)|[*+?}]\+|\\[1-9gkKGZ]")
# What RE2 reads and Python reads in another way, or not at all: nothing is said of a pattern with one of these.
_BEYOND_PYTHON = re.compile(r"\[\[?:|\\[pPQEzCxXhHRVN]|\(\?[a-zA-Z]*[UJx]|\(\?<[a-zA-Z_]")
_FLAGS = re.compile(r"\(\?([imsu]+)(-[imsu]+)?\)")
_REPEATED = re.compile(r"\{(\d+)(?:,(\d*))?\}")
_MOST = 1000


class Trouble(Enum):
    """Why a pattern cannot be read."""

    INVALID = "in no syntax"
    NOT_RE2 = "in RE2"


def trouble_of(pattern: str) -> Trouble | None:
    """What is wrong with a pattern; None where it can be read, or nobody here can tell."""
    if _BEYOND_RE2.search(_without_literals(pattern)):
        return Trouble.NOT_RE2
    if any(int(number) > _MOST for found in _REPEATED.findall(pattern) for number in found if number):
        return Trouble.NOT_RE2
    if _BEYOND_PYTHON.search(pattern):
        return None
    return Trouble.INVALID if compiled(_FLAGS.sub("", pattern)) is None else None


def _without_literals(pattern: str) -> str:
    """The pattern less its classes and its escaped signs, in which everything else stands for itself."""
    found, inside, index = [], False, 0
    while index < len(pattern):
        sign = pattern[index]
        if sign == "\\" and index + 1 < len(pattern):
            if not inside and pattern[index + 1].isalnum():
                found.append(pattern[index : index + 2])
            elif not inside:
                found.append("_")
            index += 2
            continue
        if inside:
            # `]` right behind the bracket, or behind `[^`, stands for itself.
            inside = not (sign == "]" and pattern[index - 1] != "[" and pattern[index - 2 : index] != "[^")
        elif sign == "[":
            inside = True
            found.append("_")
        else:
            found.append(sign)
        index += 1
    return "".join(found)

"""Regular expressions that other people wrote, over texts of other people: worked out only where that ends soon.

Data planes and kustomize have engines that take one step for each character (RE2, Go's regexp). Python's tries one way after the
other, and `(a+)+b` has more ways through thirty characters than anybody waits for. What may take too long is not known here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf, log2

# Ways through a text, as a power of two: some seconds if all have to be tried, which real patterns are far from.
_MOST = 27
_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]"  # a sign, or one of a class
    r"|\(\?P?<\w+>|\(\?[\w-]*:|\(|\)|\|"
    r"|[*+?][?+]?|\{(\d*)(,?)(\d*)\}[?+]?|.",
    re.DOTALL,
)


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str] | None:
    """A pattern as Python reads it; None where it does not."""
    try:
        return re.compile(pattern, flags)
    except (re.error, OverflowError, RecursionError):
        return None


def bounded_regex(pattern: str, length: int, flags: int = 0) -> re.Pattern[str] | None:
    """The same, to be held against a text of some length (characters) from its start; None, too, where that may take too long."""
    return compiled(pattern, flags) if ways(pattern, length) <= _MOST else None


@lru_cache(maxsize=1024)
def ways(pattern: str, length: int) -> float:
    """How many ways there may be through a text of a length, as a power of two, seen from above; infinite where what is repeated
    leaves a choice itself."""
    costs, choices = [0.0], [1]  # of each group that is open, and of the whole
    repeated = 0.0  # the ways through what a following sign repeats
    for token in _TOKEN.finditer(pattern):
        sign = token[0]
        if sign[0] == "(":
            costs.append(0.0)
            choices.append(1)
            repeated = 0.0
        elif sign == ")" and len(costs) > 1:
            repeated = costs.pop() + log2(choices.pop())
            costs[-1] += repeated
        elif sign == "|":
            choices[-1] += 1
            repeated = 0.0
        elif sign[0] in "*+?" or token[2] is not None:
            costs[-1] += _repetition(token, repeated, length)
            repeated = inf  # `(a*){3}*`
        else:
            repeated = 0.0
    return sum(costs) + sum(map(log2, choices))


def _repetition(token: re.Match[str], repeated: float, length: int) -> float:
    """What repeating something adds to the ways through it."""
    if token[0][0] == "?":
        return 1
    if token[2] is None or (token[2] and not token[3]):
        return inf if repeated else log2(length + 1)
    least = int(token[1] or 0)
    most = int(token[3]) if token[2] else least
    return log2(max(1, min(most - least, length) + 1)) + repeated * max(0, min(most, length) - 1)

"""Quantities (`500m`, `1Gi`) as numbers.

Source: kubernetes `staging/src/k8s.io/apimachinery/pkg/api/resource`.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

_FORM = re.compile(r"([+-]?)([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+|[KMGTPE]i|[numkMGTPE])?")
_SUFFIXES = {"": Fraction(1), "n": Fraction(1, 10**9), "u": Fraction(1, 10**6), "m": Fraction(1, 1000)}
_SUFFIXES |= {letter: Fraction(1000 ** (index + 1)) for index, letter in enumerate("kMGTPE")}
_SUFFIXES |= {f"{letter}i": Fraction(1024 ** (index + 1)) for index, letter in enumerate("KMGTPE")}


def quantity(value: object) -> Fraction | None:
    """The number; None for what is no quantity."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    return _number(str(value).strip())


@cache
def _number(text: str) -> Fraction | None:
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    sign, digits, suffix = found[1], found[2], found[3] or ""
    if suffix[:1] in {"e", "E"} and len(suffix) > 1 and suffix != "Ei":
        exponent = int(suffix[1:])
        scale = Fraction(10) ** exponent if abs(exponent) < 100 else Fraction(0)
    else:
        scale = _SUFFIXES[suffix]
    number = Fraction(digits if digits[-1] != "." else digits[:-1]) * scale
    return -number if sign == "-" else number

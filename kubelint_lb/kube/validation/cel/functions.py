"""The functions and methods that rules of CRDs call."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from kubelint_lb.kube.validation.addresses import address
from kubelint_lb.kube.validation.cel.problems import Undecided
from kubelint_lb.kube.validation.scalars import pattern

_DURATION = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)")
_UNITS = {"ns": 1, "us": 10**3, "µs": 10**3, "ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}


def _size(value: Any) -> int:
    return len(value)


def _duration(text: str) -> Fraction:
    """Nanoseconds (Go's time.ParseDuration)."""
    bare = text.lstrip("+-") if text[:1] in {"+", "-"} else text
    found = _DURATION.findall(bare)
    if bare != "0" and "".join(number + unit for number, unit in found) != bare:
        raise ValueError(f"no duration: {text}")
    total = sum((Fraction(number.rstrip(".")) * _UNITS[unit] for number, unit in found), Fraction(0))
    return -total if text.startswith("-") else total


def _matches(text: str, form: str) -> bool:
    compiled = pattern(form.replace("$", r"\Z") if form.endswith("$") and form.count("$") == 1 else form)
    if compiled is None:
        raise Undecided
    return compiled.search(text) is not None


def _substring(text: str, start: int, end: int | None = None) -> str:
    if not 0 <= start <= len(text) or (end is not None and not start <= end <= len(text)):
        raise IndexError("out of the text")
    return text[start:end]


def _split(text: str, separator: str, limit: int = -1) -> list[str]:
    if limit == 0:
        return []
    if separator == "":
        return list(text)
    return text.split(separator, limit - 1 if limit > 0 else -1)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "size": _size,
    "duration": _duration,
    "isIP": lambda text: address(text) is not None,
    "string": str,
    "int": int,
}
METHODS: dict[str, Callable[..., Any]] = {
    "size": _size,
    "matches": _matches,
    "startsWith": lambda text, other: text.startswith(other),
    "endsWith": lambda text, other: text.endswith(other),
    "contains": lambda text, other: other in text,
    "substring": _substring,
    "split": _split,
    "lowerAscii": lambda text: text.lower(),
    "upperAscii": lambda text: text.upper(),
    "trim": lambda text: text.strip(),
}

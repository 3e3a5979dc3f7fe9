"""How controllers written in Go read a text: strconv and time.

Source: Go `strconv/atob.go`, `strconv/atoi.go`, `time/format.go`.
"""

from __future__ import annotations

import re

_TRUE = frozenset({"1", "t", "T", "TRUE", "true", "True"})
_FALSE = frozenset({"0", "f", "F", "FALSE", "false", "False"})
_INT = re.compile(r"[+-]?[0-9]{1,30}", re.ASCII)
_DURATION = re.compile(r"[+-]?(?:0|(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:ns|us|µs|ms|s|m|h))+)", re.ASCII)


def go_bool(word: str) -> bool | None:
    """What Go's strconv.ParseBool reads; None where it fails (`yes`, `on`, an empty text)."""
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def go_int(word: str) -> int | None:
    """What Go's strconv.Atoi reads; None where it fails (`20%`, `0.5`, `5 `, an empty text)."""
    if not _INT.fullmatch(word):
        return None
    number = int(word)
    return number if -(2**63) <= number < 2**63 else None


def is_go_duration(word: str) -> bool:
    """Go's time.ParseDuration reads it: numbers, each with its unit (`1m30s`)."""
    return _DURATION.fullmatch(word) is not None

"""Plain data as YAML, a field a line, so that a finding in it has a place that people can look at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

# What is surely read as the same text without quotes; whatever may be a number, a date, null or true is not among it.
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
# JSON may hold these as they are, YAML may not.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_HALF = re.compile("[\ud800-\udfff]")


def yaml_text(value: object) -> str:
    """A text of lines; maps keep their order."""
    return "\n".join(_lines(value, "")) + "\n"


def _lines(value: object, indent: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for key, one in value.items():
            yield from _entry(f"{indent}{_scalar(str(key))}:", one, indent + "  ")
    elif isinstance(value, list) and value:
        for one in value:
            first, *rest = _lines(one, indent + "  ")
            yield f"{indent}- {first.lstrip(' ')}"
            yield from rest
    else:
        yield indent + _scalar(value)


def _entry(head: str, value: object, indent: str) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield head
        yield from _lines(value, indent)
    else:
        yield f"{head} {_scalar(value)}"


def _scalar(value: object) -> str:
    """On one line: every JSON text is YAML, but for some characters."""
    if isinstance(value, str):
        if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
            return value
        value = _HALF.sub("\ufffd", value)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))

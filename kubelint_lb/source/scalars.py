"""What a plain YAML scalar means to kubectl: the rules of go-yaml v2 (YAML 1.1).

Source: go.yaml.in/yaml/v2 `resolve.go`, as used by sigs.k8s.io/yaml. Dates and sexagesimals (`1:30`) stay strings.
"""

from __future__ import annotations

import re
from math import isinf
from typing import TypeAlias

ScalarValue: TypeAlias = str | bool | int | float | None

_WORDS: dict[str, ScalarValue] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {word: True for base in ("y", "yes", "true", "on") for word in (base, base.capitalize(), base.upper())}
_WORDS |= {word: False for base in ("n", "no", "false", "off") for word in (base, base.capitalize(), base.upper())}
_WORDS |= {sign + word: float(sign + "inf") for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")}
_WORDS |= {word: float("nan") for word in (".nan", ".NaN", ".NAN")}

# What needs no quotes in any place, flow maps too, if it means itself.
_SAFE = re.compile(r"[A-Za-z0-9/][A-Za-z0-9._/-]*")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INT = re.compile(r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|([1-9][0-9]*|0))")
_NUMBER_START = frozenset("+-.0123456789")


def resolve_plain(text: str) -> ScalarValue:
    """The value of an unquoted, untagged scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    digits = text.replace("_", "")
    if match := _INT.fullmatch(digits):
        sign, hexadecimal, binary, octal, decimal = match.groups()
        if hexadecimal:
            number = int(hexadecimal, 16)
        elif binary:
            number = int(binary, 2)
        elif octal:
            number = int(octal, 8)
        else:
            number = _decimal(decimal)
        return -number if sign == "-" else number
    # What starts with a dot may hold no `_`, and what no float can hold stays text.
    if _FLOAT.fullmatch(text if text[0] == "." else digits) and not isinf(real := float(digits)):
        return real
    return text


def _decimal(digits: str) -> int:
    """Python refuses to read more than 4,300 digits; nothing that long is a number anybody meant."""
    return int(digits[:4000])


_RESOLVED_TAGS = frozenset(
    spelling for name in ("int", "float", "bool", "null") for spelling in (f"!!{name}", f"!<tag:yaml.org,2002:{name}>")
)


def resolve_tagged(text: str, tag: str) -> ScalarValue:
    """The value of a scalar with an explicit tag, as written (`!!int`); unknown tags leave a string."""
    return resolve_plain(text) if tag in _RESOLVED_TAGS else text


def written_text(value: str) -> str:
    """How a text is written in YAML: plain where that means the text, else in double quotes."""
    return value if _SAFE.fullmatch(value) and resolve_plain(value) == value else quoted(value)


def quoted(value: str) -> str:
    """A text in double quotes."""
    from json import dumps  # what fixes alone need is not imported by every run

    return dumps(value)

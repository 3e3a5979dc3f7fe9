"""Texts, numbers and booleans: their types, words, ranges and formats."""

from __future__ import annotations

import re
from functools import cache

from kubelint_lb.kube.validation.findings import Findings, Servers
from kubelint_lb.kube.validation.formats import FORMATS
from kubelint_lb.kube.validation.plain import OPEN, Path, Plain
from kubelint_lb.kube.validation.replaced import is_to_be_replaced
from kubelint_lb.kube.validation.schemas import Type
from kubelint_lb.kube.validation.violation import Reason
from kubelint_lb.source.node import Scalar
from kubelint_lb.source.regex import compiled

TYPES = {
    "s": "a text", "i": "a whole number", "I": "a whole number", "b": "true or false", "n": "a number",
    "x": "a whole number or a text", "q": "a quantity such as 500m or 1Gi", "d": "a time such as 2026-01-31T12:00:00Z",
}  # fmt: skip
_TIME = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})"
# Classes by name, quoting, the end of a text, and the flag for lazy repetition.
_ONLY_IN_GO = re.compile(r"\[\[:|\\[pPQEzC]|\(\?[a-z]*U")
_HOSTS = frozenset({"host-or-wildcard", "ingress-host"})
_INT32 = 2**31
_INT64 = 2**63


def check_scalar(node: Scalar, schema: Type, path: Path, found: Findings, channel: str | None) -> Plain:
    """The value of a scalar; OPEN where it is refused."""
    value = node.value
    if not _fits(schema["t"], value):
        if is_to_be_replaced(value, schema["t"], path):
            return OPEN
        found.add(Reason.TYPE, path, TYPES[schema["t"]])
        return OPEN
    if isinstance(value, float) and value.is_integer() and schema["t"] != "q":
        value = int(value)
    if value == "" and not schema.get("full") and "lo" not in schema and "re" not in schema:
        return value
    words = _mismatch(value, schema, found.servers, channel)
    if words is None:
        return value
    if is_to_be_replaced(value, schema["t"], path):
        return OPEN
    near = _near(value, schema, found.servers, channel) if isinstance(value, str) else ""
    found.value(path, words, near)
    return OPEN


def _near(value: str, schema: Type, servers: Servers, channel: str | None) -> str:
    """What may have been meant: a word that is allowed, or a host in small letters, which to clients is the same."""
    if schema.get("f") in _HOSTS and _mismatch(value.lower(), schema, servers, channel) is None:
        return value.lower()
    allowed = schema.get("e") or ()
    return meant(value, allowed) if allowed else ""


def _fits(kind: str, value: object) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if isinstance(value, float) and value.is_integer():
        whole, value = True, int(value)
    if kind in {"i", "I"}:
        limit = _INT32 if kind == "i" else _INT64
        return whole and isinstance(value, int) and -limit <= value < limit
    if kind == "x":
        return isinstance(value, str) or (whole and isinstance(value, int) and -_INT32 <= value < _INT32)
    if kind == "q":
        from kubelint_lb.kube.validation.quantities import quantity

        return quantity(value) is not None
    if kind == "d":
        return isinstance(value, str) and re.fullmatch(_TIME, value) is not None
    if kind == "b":
        return isinstance(value, bool)
    if kind == "n":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return kind == "s" and isinstance(value, str)


def _mismatch(value: object, schema: Type, servers: Servers, channel: str | None) -> str | None:
    """What is allowed instead."""
    if "e" in schema:
        allowed = schema.get("e-standard", schema["e"]) if channel == "standard" else schema["e"]
        return None if value in allowed else _one_of(allowed)
    if isinstance(value, str):
        return _text(value, schema, servers, channel)
    if "f" in schema:
        words = formatted(schema["f"], value, servers)
        if words is not None:
            return words
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, schema)
    return None


def _number(value: float, schema: Type) -> str | None:
    low, high = schema.get("lo"), schema.get("hi")
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    if low is None or high is None:
        return f"{low} at the least" if high is None else f"{high} at the most"
    return f"a number from {low} to {high}"


def _text(value: str, schema: Type, servers: Servers, channel: str | None) -> str | None:
    if "lo" in schema and len(value) < schema["lo"]:
        return "a text that is not empty" if schema["lo"] == 1 else f"{schema['lo']} characters at the least"
    if "hi" in schema and len(value) > schema["hi"]:
        return f"{schema['hi']} characters at the most"
    form = schema.get("re") or schema.get(f"re-{channel}")
    # Go's `$` is the end of the text, Python's may stand before a last line break.
    compiled = pattern(form) if form is not None else None
    if compiled is not None and (value.endswith("\n") or compiled.search(value) is None):
        return f"a text that matches {form}"
    return formatted(schema["f"], value, servers) if "f" in schema else None


@cache
def pattern(form: str) -> re.Pattern[str] | None:
    """A pattern of Go as one of Python, where flags stand at the start; None for one that Python reads in another way, or not at
    all."""
    if _ONLY_IN_GO.search(form):
        return None
    flags = re.IGNORECASE if "(?i)" in form else 0
    return compiled(form.replace("(?i)", ""), flags | re.ASCII)


def formatted(form: str, value: object, servers: Servers) -> str | None:
    """What a format allows, for a value that it does not."""
    if form in FORMATS:
        return _formatted(form, value) if isinstance(value, str) else None
    from kubelint_lb.kube.validation.values import VALUES

    return VALUES[form](value, servers)


@cache
def _formatted(form: str, value: str) -> str | None:
    """Labels and names are the same in many objects."""
    return FORMATS[form](value)


def _one_of(allowed: list[str]) -> str:
    shown = [str(one) for one in allowed if one != ""]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def meant(value: str, allowed: list[str]) -> str:
    """The allowed word that differs in case, in a plural, or in a slip; or the one that ends with this one (`PathPrefix`)."""
    for one in map(str, allowed):
        if one.lower() == value.lower() or one.lower() == value.lower().rstrip("s") or value.lower() == one.lower().rstrip("s"):
            return one
    longer = [str(one) for one in allowed if value and str(one).endswith(value)]
    if len(longer) == 1:
        return longer[0]
    from kubelint_lb.kube.near import nearest

    return nearest(value, map(str, allowed)) or ""

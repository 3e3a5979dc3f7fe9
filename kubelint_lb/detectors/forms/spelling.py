"""How a value that the API server refuses is written so that it takes it: the same value, spelled as it has to be."""

from __future__ import annotations

import ipaddress
import re

from kubelint_lb.kube.validation.violation import Reason, Violation
from kubelint_lb.source.node import Scalar
from kubelint_lb.source.scalars import quoted

_LONGEST_AFFINITY = 86_400
_MILLISECONDS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
_DURATION = re.compile(r"(\d+(?:\.\d+)?) ?(ms|s|m|h|d)")
_DURATIONS = re.compile(r".*(timeouts\.\w+|retry\.backoff|sessionPersistence\.\w+Timeout)")


def spelling(one: Violation) -> str:
    """The text to write in place of a value; empty where nothing says what is meant.

    What is near an allowed value; numbers and booleans in quotes, and texts without them; an address where a range belongs; a
    duration with fractions or days (GEP-2257); a weight in percent; and the most that an affinity's timeout may be.
    """
    if not isinstance(one.node, Scalar):
        return ""
    if one.reason is Reason.TYPE:
        return _of_type(one.node, one.words, one.path)
    if one.reason is not Reason.VALUE:
        return ""
    return one.near or _of_value(one.node, one.path)


def _of_type(node: Scalar, wanted: str, path: str) -> str:
    percent = re.fullmatch(r"(\d+)%", node.text)
    if percent is not None and path.endswith("].weight"):
        return percent[1]
    if node.plain and _DURATIONS.fullmatch(path):
        return ""  # a number without a unit is no duration in quotes either
    if node.plain:
        return quoted(node.source) if wanted == "a text" and node.value is not None and node.source.isprintable() else ""
    if wanted == "a whole number" and re.fullmatch(r"0|-?[1-9]\d*", node.text):
        return node.text
    return node.text if wanted == "true or false" and node.text in {"true", "false"} else ""


def _of_value(node: Scalar, path: str) -> str:
    if path.startswith("spec.ports[") and path.endswith("].targetPort"):
        return node.text if not node.plain and re.fullmatch(r"[1-9]\d{0,4}", node.text) else ""
    if path.startswith("spec.loadBalancerSourceRanges["):
        try:
            return str(ipaddress.ip_network(node.text))
        except ValueError:
            return ""
    if path.endswith("clientIP.timeoutSeconds"):
        return str(_LONGEST_AFFINITY) if node.text.isdecimal() and int(node.text) > _LONGEST_AFFINITY else ""
    return _duration(node.text) if _DURATIONS.fullmatch(path) else ""


def _duration(text: str) -> str:
    """The same length of time in whole milliseconds, seconds, minutes or hours, of five digits at the most."""
    written = _DURATION.fullmatch(text)
    if written is None:
        return ""
    length = float(written[1]) * _MILLISECONDS[written[2]]
    for unit in ("h", "m", "s", "ms"):
        number = length / _MILLISECONDS[unit]
        if number.is_integer() and number < 100_000:
            return f"{int(number)}{unit}"
    return ""

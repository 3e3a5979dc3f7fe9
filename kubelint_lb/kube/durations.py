"""Durations of the Gateway API (GEP-2257): one to four whole numbers, each with a unit."""

from __future__ import annotations

import re

from kubelint_lb.kube.values import text
from kubelint_lb.source.node import Node

_WHOLE = r"([0-9]{1,5}(?:h|m|s|ms)){1,4}"
_PART = r"([0-9]{1,5})(ms|h|m|s)"
_MILLISECONDS = {"h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}


def milliseconds(node: Node | None) -> int | None:
    """How long a duration is; None for what is none, or not there."""
    value = text(node)
    if value is None or re.fullmatch(_WHOLE, value) is None:
        return None
    return sum(int(number) * _MILLISECONDS[unit] for number, unit in re.findall(_PART, value))

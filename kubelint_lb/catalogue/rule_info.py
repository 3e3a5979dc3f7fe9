"""What outputs say of a rule."""

from __future__ import annotations

from typing import NamedTuple

from kubelint_lb.settings.severity import Confidence, Severity


class RuleInfo(NamedTuple):
    """The words of a rule that outputs print."""

    name: str
    family: str
    severity: Severity
    confidence: Confidence
    summary: str
    url: str
    help_markdown: str
    product: str = ""

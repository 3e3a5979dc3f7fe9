"""JSON text that can always be written as UTF-8, and shown on a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kubelint_lb.output.cells import UNSAFE
from kubelint_lb.settings.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping


def dump(value: object) -> str:
    """`value` as JSON, indented by two, non-ASCII text as it is, with a newline at the end."""
    return _safe(json.dumps(value, indent=2, ensure_ascii=False))


def dump_line(value: object) -> str:
    """The same on one line."""
    return _safe(json.dumps(value, ensure_ascii=False))


def _safe(text: str) -> str:
    """Escaped, what a terminal would obey and what UTF-8 does not have (file names that are not UTF-8) read back as they were."""
    if not text.isascii() or "\x7f" in text:
        # Line breaks are JSON's own; inside of texts they are escaped already.
        text = UNSAFE.sub(lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", text)
    return text + "\n"


def counts_of(findings: Mapping[Severity, int]) -> dict[str, int]:
    """How many there are of each severity, none too."""
    return {one.value: findings.get(one, 0) for one in Severity}

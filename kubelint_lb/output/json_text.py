"""JSON text that can always be written as UTF-8."""

from __future__ import annotations

import json
import re

_SURROGATES = re.compile("[\ud800-\udfff]")


def dump(value: object) -> str:
    """`value` as JSON, indented by two, non-ASCII text as it is, with a newline at the end."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    # A file name that is not UTF-8 holds lone surrogates: only escaped can they be written, and read back.
    return _SURROGATES.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"

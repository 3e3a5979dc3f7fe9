"""What options mean by a path, a version or a number."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from kubelint_lb.kube.versions import Version, parse_version
from kubelint_lb.settings.errors import UsageError

STDIN = "-"
_MOST_JOBS = 256


def version_of(option: str, text: str) -> Version:
    """The version that an option names. Raises UsageError."""
    try:
        return parse_version(text)
    except ValueError:
        raise UsageError(f"{option}: '{text}' is not a version such as 1.34") from None


def jobs_of(text: str) -> int:
    """How many things to do at a time. Raises UsageError."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _MOST_JOBS):
        raise UsageError(f"--jobs: '{text}' is no number from 1 to {_MOST_JOBS}")
    return int(text)


def is_standard_input(paths: Sequence[str]) -> bool:
    """The one path is `-`. Raises UsageError where there are others beside it."""
    if STDIN in paths and len(paths) > 1:
        raise UsageError("'-' is standard input and stands alone")
    return STDIN in paths


def standard_input() -> str:
    """The text of standard input. Raises UsageError where it is none."""
    from kubelint_lb.source.decode import NotText, decode
    from kubelint_lb.source.files import MOST_BYTES

    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UsageError(f"standard input is larger than {MOST_BYTES >> 20} MB")
    try:
        return decode(data)
    except NotText as error:
        raise UsageError(f"standard input is {error}") from None

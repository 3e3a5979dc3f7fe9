"""What was not linted, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class SkipReason(StrEnum):
    """Why a file, or a document of it, was not linted."""

    TEMPLATE = "template"
    ENCRYPTED = "encrypted"
    NOT_KUBERNETES = "not-kubernetes"
    UNREADABLE = "unreadable"
    PARTIAL = "partial"


class Skipped(NamedTuple):
    """A file (or part of it) that was not linted; `line` is 1-based, 0 for the whole file."""

    path: str
    reason: SkipReason
    detail: str
    line: int = 0

"""What a run reports: plain, frozen values without nodes, so that outputs need nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.source.span import Span


class Severity(StrEnum):
    """How bad a finding is; compare with `rank` (higher is worse)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return _RANKS[self]


_RANKS = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class Confidence(StrEnum):
    """How sure a hit of the rule is a real defect."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class SkipReason(StrEnum):
    """Why a file, or a document of it, was not linted."""

    TEMPLATE = "template"
    ENCRYPTED = "encrypted"
    NOT_KUBERNETES = "not-kubernetes"
    UNREADABLE = "unreadable"
    PARTIAL = "partial"


class Location(NamedTuple):
    """A place in a file. `path` is relative to the report's root, with `/`; standard input is `<stdin>`."""

    path: str
    span: Span


class Related(NamedTuple):
    """Another place that belongs to the finding, with the words for it."""

    location: Location
    message: str


class ObjectId(NamedTuple):
    """The Kubernetes object a finding is about; `namespace` is None where the manifest sets none."""

    api_version: str
    kind: str
    namespace: str | None
    name: str


class Edit(NamedTuple):
    """Replace the text at `location` by `text`."""

    location: Location
    text: str


class Fix(NamedTuple):
    """Text edits that repair a finding; `safety` is `safe` or `unsafe`."""

    title: str
    safety: str
    edits: tuple[Edit, ...]


class Suppressed(NamedTuple):
    """Why a finding is not shown: `kind` is comment, annotation, per-path, object or baseline; where it is said, if in a file."""

    kind: str
    reason: str
    location: Location | None = None


class Finding(NamedTuple):
    """One problem, settled: severity, words and places are final."""

    rule: str
    family: str
    message_key: str
    severity: Severity
    confidence: Confidence
    message: str
    help: str
    url: str
    location: Location
    object: ObjectId | None
    field: str
    units: tuple[str, ...]
    related: tuple[Related, ...]
    fix: Fix | None
    fingerprint: str
    suppressed: Suppressed | None = None


class RuleInfo(NamedTuple):
    """The words of a rule that outputs print."""

    name: str
    family: str
    severity: Severity
    confidence: Confidence
    summary: str
    url: str
    help_markdown: str


class Skipped(NamedTuple):
    """A file (or part of it) that was not linted; `line` is 1-based, 0 for the whole file."""

    path: str
    reason: SkipReason
    detail: str
    line: int = 0


class Summary(NamedTuple):
    """Counts of a run; `findings` counts what is shown, by severity. `unseen` are sentences on what no unit shows."""

    files: int
    manifests: int
    units: int
    findings: Mapping[Severity, int]
    hidden: int
    suppressed: int
    skipped: Mapping[SkipReason, int]
    unseen: tuple[str, ...] = ()


class Report(NamedTuple):
    """The result of `lint`.

    `findings` are shown, in order (path, position, rule name); `suppressed` are not, and carry why; `hidden` are below the
    severity asked for. `sources` holds the lines of every file that a shown finding points at, for excerpts. `rules` are
    the rules that were enabled. `root` is the absolute folder that paths are relative to. `notices` are sentences for
    standard error. `exit_code` is 0, 1 or 3.
    """

    root: Path
    version: str
    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    hidden: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    summary: Summary
    rules: Sequence[RuleInfo]
    sources: Mapping[str, tuple[str, ...]] = {}
    notices: tuple[str, ...] = ()
    exit_code: int = 0

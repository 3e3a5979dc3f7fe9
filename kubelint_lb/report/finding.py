"""What a run reports: plain, frozen values without nodes, so that outputs need nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.catalogue.condition import Condition
from kubelint_lb.catalogue.rule_info import RuleInfo
from kubelint_lb.deploy.skipped import Skipped, SkipReason
from kubelint_lb.report.rule_time import RuleTime
from kubelint_lb.settings.severity import Confidence, Severity
from kubelint_lb.source.place import Location


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
    """One problem, settled: severity, words and places are final. `condition` is what a controller says of it, `column`
    where it counts in a table of objects."""

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
    condition: Condition | None = None
    column: str = ""


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
    standard error. `exit_code` is 0, 1 or 3. `times` are those of the rules,
    where they were asked for.
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
    times: tuple[RuleTime, ...] = ()

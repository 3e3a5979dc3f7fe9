"""The report as JSON, the contract for scripts: `schemas/report.schema.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kubelint_lb.deploy.skipped import SkipReason
from kubelint_lb.output.json_text import counts_of, dump
from kubelint_lb.output.paths import Paths
from kubelint_lb.report.finding import Finding, Fix, Report
from kubelint_lb.source.place import Location

if TYPE_CHECKING:
    from kubelint_lb.output.style import Style

VERSION = 1


def render(report: Report, style: Style) -> str:
    """The whole report; the order of the keys is part of the format."""
    paths = Paths(report.root, style.cwd)
    return dump(
        {
            "version": VERSION,
            "tool": {"name": "kubelint-lb", "version": report.version},
            "summary": _summary(report),
            "findings": [_finding(finding, paths) for finding in report.findings],
        }
    )


def _summary(report: Report) -> dict[str, Any]:
    summary = report.summary
    return {
        "files": summary.files,
        "manifests": summary.manifests,
        "units": summary.units,
        "findings": counts_of(summary.findings),
        "hidden": summary.hidden,
        "suppressed": summary.suppressed,
        "skipped": {reason.value: summary.skipped.get(reason, 0) for reason in SkipReason},
    }


def _finding(finding: Finding, paths: Paths) -> dict[str, Any]:
    identity = finding.object
    return {
        "rule": finding.rule,
        "family": finding.family,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "message": finding.message,
        "help": finding.help,
        "url": finding.url,
        **_range(finding.location, paths),
        "object": identity
        and {
            "api_version": identity.api_version,
            "kind": identity.kind,
            "namespace": identity.namespace,
            "name": identity.name,
        },
        "field": finding.field,
        "condition": finding.condition and finding.condition._asdict(),
        "units": list(finding.units),
        "related": [
            {
                "path": paths(related.location.path),
                "line": related.location.span.line,
                "column": related.location.span.column,
                "message": related.message,
            }
            for related in finding.related
        ],
        "fix": finding.fix and _fix(finding.fix, paths),
        "fingerprint": finding.fingerprint,
    }


def _range(location: Location, paths: Paths) -> dict[str, Any]:
    span = location.span
    return {
        "path": paths(location.path),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _fix(fix: Fix, paths: Paths) -> dict[str, Any]:
    return {
        "title": fix.title,
        "safety": fix.safety,
        "edits": [{**_range(edit.location, paths), "text": edit.text} for edit in fix.edits],
    }

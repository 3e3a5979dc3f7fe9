"""Small pieces that several formats print: a finding on one line, a place, an object's name, counted things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_lb.output.cells import one_line
from kubelint_lb.settings.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kubelint_lb.output.palette import Palette
    from kubelint_lb.output.paths import Paths
    from kubelint_lb.report.finding import Finding, ObjectId, Summary
    from kubelint_lb.source.place import Location


def place(location: Location, paths: Paths) -> str:
    """`path:line:column`, as editors and terminals know it."""
    return f"{one_line(paths(location.path))}:{location.span.line}:{location.span.column}"


def finding_line(finding: Finding, paths: Paths, palette: Palette) -> str:
    """`path:line:column: severity[rule] message`."""
    tag = palette.severity(finding.severity, f"{finding.severity.value}[{finding.rule}]")
    return f"{place(finding.location, paths)}: {tag} {one_line(finding.message)}"


def object_name(identity: ObjectId) -> str:
    """`HTTPRoute shop/web`, without the namespace where the manifest sets none."""
    name = f"{identity.namespace}/{identity.name}" if identity.namespace else identity.name
    return one_line(f"{identity.kind} {name}")


def count(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def scope(summary: Summary) -> str:
    """What was read: `3 files, 4 manifests, 1 unit`."""
    return f"{count(summary.files, 'file')}, {count(summary.manifests, 'manifest')}, {count(summary.units, 'unit')}"


def by_severity(findings: Mapping[Severity, int]) -> str:
    """What was found: `1 error, 2 warnings`; empty for nothing."""
    found = ((one, findings.get(one, 0)) for one in Severity)
    return ", ".join(count(number, one.value) for one, number in found if number)

"""Places of a report as SARIF locations: relative URIs below %SRCROOT%, regions in code points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import sarif_om as om

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kubelint_lb.output.paths import Paths
    from kubelint_lb.report.finding import Fix, ObjectId, Related
    from kubelint_lb.source.place import Location
    from kubelint_lb.source.span import Span

BASE = "%SRCROOT%"
_LONGEST_SNIPPET = 1_000  # a JSON file may be one line of megabytes


class Places:
    """Makes SARIF objects for places; `lines` are the sources, where known."""

    def __init__(self, paths: Paths, lines: Mapping[str, Sequence[str]]) -> None:
        self._paths = paths
        self._lines = lines

    def primary(self, location: Location, identity: ObjectId | None) -> Any:
        """Where a finding is, with the line around it and the Kubernetes object as logical location."""
        return om.Location(
            physical_location=self._physical(location, context=True),
            logical_locations=None if identity is None else [_logical(identity)],
        )

    def related(self, number: int, related: Related) -> Any:
        """A connected place; messages refer to it by its number."""
        return om.Location(
            id=number,
            physical_location=self._physical(related.location, context=True),
            message=om.Message(text=related.message),
        )

    def plain(self, location: Location) -> Any:
        """A place without text."""
        return om.Location(physical_location=self._physical(location, context=False))

    def step(self, location: Location, text: str) -> Any:
        """A place on a way, with words."""
        return om.Location(physical_location=self._physical(location, context=False), message=om.Message(text=text))

    def fix(self, fix: Fix) -> Any:
        """The edits, by file."""
        changes: dict[str, list[Any]] = {}
        for edit in fix.edits:
            replacement = om.Replacement(
                deleted_region=_region(edit.location.span),
                inserted_content=om.ArtifactContent(text=edit.text),
            )
            changes.setdefault(edit.location.path, []).append(replacement)
        return om.Fix(
            description=om.Message(text=fix.title),
            artifact_changes=[
                om.ArtifactChange(artifact_location=self._artifact(path), replacements=replacements)
                for path, replacements in changes.items()
            ],
        )

    def _artifact(self, path: str) -> Any:
        # Linux file names need not be UTF-8: their bytes survive as percent codes.
        return om.ArtifactLocation(uri=quote(self._paths(path), errors="surrogateescape"), uri_base_id=BASE)

    def _physical(self, location: Location, *, context: bool) -> Any:
        region = _region(location.span)
        around = None
        line = self._line(location) if context else None
        if line is not None:
            span = location.span
            region.snippet = om.ArtifactContent(text=line[span.column - 1 : span.end_column - 1])
            around = om.Region(start_line=span.line, snippet=om.ArtifactContent(text=line))
        return om.PhysicalLocation(artifact_location=self._artifact(location.path), region=region, context_region=around)

    def _line(self, location: Location) -> str | None:
        span, lines = location.span, self._lines.get(location.path, ())
        if span.line != span.end_line or not 1 <= span.line <= len(lines):
            return None
        line = lines[span.line - 1]
        return line if len(line) <= _LONGEST_SNIPPET else None


def _region(span: Span) -> Any:
    # Code scanning refuses a whole file for one line 0.
    return om.Region(
        start_line=max(span.line, 1),
        start_column=max(span.column, 1),
        end_line=max(span.end_line, 1),
        end_column=max(span.end_column, 1),
    )


def _logical(identity: ObjectId) -> Any:
    group = identity.api_version.rpartition("/")[0]
    parts = (group, identity.kind, identity.namespace, identity.name)
    return om.LogicalLocation(name=identity.name, fully_qualified_name="/".join(part for part in parts if part), kind="resource")

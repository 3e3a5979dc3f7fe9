"""`kubelint-lb units`: how the files are understood."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kubelint_lb.cli.tree import Config, NoRender, Rendered, TreeOptions, TreePaths, tree_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kubelint_lb.deploy.survey import Survey
    from kubelint_lb.deploy.unit_info import Absent, UnitInfo


class Form(StrEnum):
    """How to print the list."""

    TEXT = "text"
    JSON = "json"


_Form = Annotated[Form, typer.Option("--format", "-f", help="A table, or everything as JSON.")]


def units(
    paths: TreePaths = None,
    *,
    format: _Form = Form.TEXT,  # noqa: A002
    config: Config = None,
    no_render: NoRender = False,
    rendered: Rendered = None,
) -> None:
    """Show what is deployed together, how it was rendered, and what was skipped."""
    from kubelint_lb.cli.console import notice, write_out
    from kubelint_lb.engine.reading import survey
    from kubelint_lb.output.cells import printable_lines

    given = list(paths or ["."])
    settings = tree_settings(given, TreeOptions(config, rendered, render=not no_render))
    found = survey(given, settings)
    for text in found.notices:
        notice(text)
    write_out(_json(found) if format is Form.JSON else printable_lines("".join(_text(found))))


def _json(found: Survey) -> str:
    from kubelint_lb.output.json_text import dump

    data = {
        "units": [_unit(one) for one in found.units],
        "skipped": [
            {"path": one.path, "line": one.line, "reason": one.reason.value, "detail": one.detail} for one in found.skipped
        ],
    }
    return dump(data)


def _unit(one: UnitInfo) -> dict[str, object]:
    return {
        "name": one.name,
        "found": one.found,
        "rendered": one.rendered,
        "why": one.why or None,
        "clusters": list(one.clusters),
        "applied_by": [{"name": by.name, "path": by.location.path, "line": by.location.span.line} for by in one.applied_by],
        "kinds": dict(one.kinds),
        "left_out": [
            {"why": absent.why, "path": absent.location.path, "line": absent.location.span.line} for absent in one.left_out
        ],
    }


def _text(found: Survey) -> Iterator[str]:
    rows = [("UNIT", "FOUND", "RENDERED", "OBJECTS")]
    rows += [(one.name, one.found, one.rendered, _counts(one.kinds)) for one in found.units]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    details = ["", *("".join(_details(one)) for one in found.units)]
    for row, detail in zip(rows, details, strict=True):
        yield "  ".join([*(cell.ljust(size) for cell, size in zip(row, widths, strict=False)), row[3]]).rstrip() + "\n" + detail
    yield from _skipped(found)


def _details(one: UnitInfo) -> Iterator[str]:
    if one.why:
        yield f"    {one.why}\n"
    yield from (f"    applied by {by.name} ({by.location.path}:{by.location.span.line})\n" for by in one.applied_by)
    if one.clusters:
        yield f"    lands in {', '.join(one.clusters)}\n"
    yield from (f"    without {_place(absent)}\n" for absent in one.left_out)


def _place(absent: Absent) -> str:
    return f"{absent.why} ({absent.location.path}:{absent.location.span.line})"


def _counts(kinds: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in kinds.items()) or "-"


def _skipped(found: Survey) -> Iterator[str]:
    """Files that are no part of any unit, but for those that have nothing to do with Kubernetes."""
    told = [one for one in found.skipped if one.reason.value != "not-kubernetes"]
    if told:
        yield "\nSkipped:\n"
    for one in told:
        yield f"  {one.path}{f':{one.line}' if one.line else ''}: {one.reason.value}: {one.detail}\n"
    others = len(found.skipped) - len(told)
    if others:
        yield f"\n{others} {'file holds' if others == 1 else 'files hold'} no Kubernetes object.\n"

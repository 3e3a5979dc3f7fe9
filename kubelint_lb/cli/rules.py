"""`kubelint-lb rules`: the rules there are, as they are configured here."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kubelint_lb.cli import complete as words
from kubelint_lb.cli.tree import Config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kubelint_lb.engine.rule_states import RuleState


class Form(StrEnum):
    """How to print the list."""

    TEXT = "text"
    JSON = "json"


_Which = Annotated[
    list[str] | None,
    typer.Argument(metavar="[NAMES]...", help="Rules, families or profiles; default: all.", autocompletion=words.selectors),
]
_Form = Annotated[Form, typer.Option("--format", "-f", help="A table, or everything as JSON.")]


def rules(names: _Which = None, *, format: _Form = Form.TEXT, config: Config = None) -> None:  # noqa: A002
    """List the rules, with their severities as configured here."""
    from kubelint_lb.catalogue.catalogue import load_catalogue
    from kubelint_lb.cli.console import notice, write_out
    from kubelint_lb.config.config import load_settings
    from kubelint_lb.engine.rule_states import RuleStates

    settings = load_settings((), config)
    for text in settings.notices:
        notice(text)
    catalogue = load_catalogue(settings.rule_paths)
    resolver = RuleStates(settings, catalogue)
    on = resolver.enabled()
    chosen = catalogue.select(tuple(names), ()) if names else frozenset(catalogue.outlines)
    states = [resolver.state(catalogue.rules[name], "") for name in catalogue.outlines if name in chosen]
    entries = [_entry(state, state.rule.name in on, catalogue.words(state.rule.name).summary) for state in states]
    write_out(_json(entries) if format is Form.JSON else "".join(_table(entries)))


def _entry(state: RuleState, on: bool, summary: str) -> dict[str, object]:  # noqa: FBT001
    rule = state.rule
    return {
        "name": rule.name,
        "family": rule.family,
        "product": rule.product or None,
        "severity": (state.override or rule.severity).value,
        "enabled": on and not state.off,
        "confidence": rule.confidence.value,
        "since": rule.since,
        "fix": rule.fix,
        "params": dict(state.params),
        "summary": summary,
        "url": rule.url,
    }


def _json(entries: list[dict[str, object]]) -> str:
    from kubelint_lb.output.json_text import dump

    return dump(entries)


def _table(entries: list[dict[str, object]]) -> Iterator[str]:
    """Columns; on a terminal, summaries are cut to its width."""
    import sys

    from kubelint_lb.cli.console import width

    rows = [
        (str(entry["name"]), str(entry["severity"] if entry["enabled"] else "off"), str(entry["family"]), str(entry["summary"]))
        for entry in entries
    ]
    rows.insert(0, ("RULE", "SEVERITY", "FAMILY", "SUMMARY"))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    room = width() - sum(widths) - 6 if sys.stdout.isatty() else 10_000
    for row in rows:
        summary = row[3] if len(row[3]) <= room else row[3][: max(room - 1, 0)] + "…"
        yield "  ".join([*(cell.ljust(size) for cell, size in zip(row, widths, strict=False)), summary]).rstrip() + "\n"

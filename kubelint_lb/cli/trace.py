"""`kubelint-lb trace`: where a request goes."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kubelint_lb.cli.tree import Complete, Config, NoRender, Rendered, TreePaths, tree_settings

if TYPE_CHECKING:
    from kubelint_lb.traffic.request import Request


class TraceForm(StrEnum):
    """How to print a trace."""

    TEXT = "text"
    JSON = "json"


_Asked = Annotated[
    str, typer.Argument(metavar="REQUEST", help="Such as 'GET https://shop.example/cart', or - for JSON objects, one a line.")
]
_Header = Annotated[list[str] | None, typer.Option("--header", "-H", metavar="'NAME: VALUE'", help="A header; may be repeated.")]
_Gateway = Annotated[str, typer.Option(metavar="NAMESPACE/NAME", help="The Gateway that is asked, where several listen.")]
_Form = Annotated[TraceForm, typer.Option("--format", "-f", help="Hop by hop, or JSON.")]
_Why = Annotated[bool, typer.Option("--why", help="Show the rules that match as well, and by what they lost.")]


def trace(
    request: _Asked,
    paths: TreePaths = None,
    *,
    header: _Header = None,
    gateway: _Gateway = "",
    why: _Why = False,
    format: _Form = TraceForm.TEXT,  # noqa: A002
    config: Config = None,
    complete: Complete = False,
    no_render: NoRender = False,
    rendered: Rendered = None,
) -> None:
    """Follow a request through the Gateway API: listener, rule, filters, Service, pods."""
    from kubelint_lb.cli.console import write_out
    from kubelint_lb.engine.reading import read_worlds
    from kubelint_lb.output.flow.trace_json import trace_line
    from kubelint_lb.output.flow.trace_text import trace_text
    from kubelint_lb.output.paths import Paths
    from kubelint_lb.traffic.trace import trace_over

    given = list(paths or ["."])
    settings = tree_settings(given, config, rendered, render=not no_render)
    requests = _asked(request, header or [], gateway)
    reading = read_worlds(given, settings._replace(complete=complete or settings.complete))
    answers = [trace_over(reading.worlds, one, reading.scope.holds) for one in requests]
    paths_of = Paths(reading.scope.root, Path.cwd())
    if format is TraceForm.JSON or request == "-":
        write_out("".join(trace_line(one, paths_of, why=why) for one in answers))
    else:
        write_out("\n".join(trace_text(one, paths_of, why=why) for one in answers))


def _asked(request: str, headers: list[str], gateway: str) -> list[Request]:
    from kubelint_lb.cli.requests import read_line, read_lines

    if request == "-":
        return list(read_lines(sys.stdin.read()))
    return [read_line(request, headers, gateway)]

"""`kubelint-lb trace`: where a request goes."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kubelint_lb.cli.paths import STDIN
from kubelint_lb.cli.tree import Complete, Config, KubernetesVersion, NoRender, Rendered, TreeOptions, TreePaths, read_tree
from kubelint_lb.settings.errors import UsageError

if TYPE_CHECKING:
    from kubelint_lb.engine.reading import Reading
    from kubelint_lb.engine.requests import Asked
    from kubelint_lb.traffic.request import Request, Trace


class TraceForm(StrEnum):
    """How to print a trace."""

    TEXT = "text"
    JSON = "json"


_Asked = Annotated[
    str, typer.Argument(metavar="REQUEST", help="Such as 'GET https://shop.example/cart', or - for JSON objects, one a line.")
]
_Header = Annotated[list[str] | None, typer.Option("--header", "-H", metavar="'NAME: VALUE'", help="A header; may be repeated.")]
_Gateway = Annotated[str, typer.Option(metavar="NAMESPACE/NAME", help="The Gateway that is asked, where several listen.")]
_Class = Annotated[str, typer.Option("--class", metavar="NAME", help="The class of the Ingresses that are asked.")]
_Service = Annotated[
    str, typer.Option(metavar="NAMESPACE/NAME", help="The Service that a pod of the cluster asks, by mesh routes or kube-proxy.")
]
_From = Annotated[str, typer.Option("--from", metavar="CIDR", help="The client's address, for allowed and denied sources.")]
_Follow = Annotated[bool, typer.Option("--follow", help="Follow redirects.")]
_Form = Annotated[TraceForm, typer.Option("--format", "-f", help="Hop by hop, or JSON.")]
_Why = Annotated[bool, typer.Option("--why", help="Show the rules that match as well, and by what they lost.")]


def trace(
    request: _Asked,
    paths: TreePaths = None,
    *,
    header: _Header = None,
    gateway: _Gateway = "",
    ingress_class: _Class = "",
    service: _Service = "",
    client: _From = "",
    follow: _Follow = False,
    why: _Why = False,
    format: _Form = TraceForm.TEXT,  # noqa: A002
    config: Config = None,
    complete: Complete = False,
    kubernetes_version: KubernetesVersion = None,
    no_render: NoRender = False,
    rendered: Rendered = None,
) -> None:
    """Follow a request through Gateways, Ingresses or a mesh: who takes it, filters, Service, pods."""
    from kubelint_lb.cli.console import write_out
    from kubelint_lb.engine.requests import Asked
    from kubelint_lb.engine.trace import follow as follow_redirects
    from kubelint_lb.engine.trace import trace_over

    given = list(paths or ["."])
    if request == given[0] == STDIN:
        raise UsageError("standard input holds either the requests or the manifests")
    requests = _asked(request, Asked(header or (), gateway, ingress_class, service, client))
    reading = read_tree(given, TreeOptions(config, rendered, kubernetes_version, not no_render, complete))

    def answer(asked: Request) -> Trace:
        return trace_over(reading.worlds, asked, reading.scope.holds)

    chains = [follow_redirects(answer, one) if follow else [answer(one)] for one in requests]
    answers = [one for chain in chains for one in chain]
    write_out(_shown(answers, reading, why=why, as_json=format is TraceForm.JSON or request == "-"))


def _shown(answers: list[Trace], reading: Reading, *, why: bool, as_json: bool) -> str:
    from kubelint_lb.engine.trace import findings_on, subjects_of
    from kubelint_lb.output.flow.trace_json import trace_line
    from kubelint_lb.output.flow.trace_text import trace_text
    from kubelint_lb.output.paths import Paths

    subjects = {subject for one in answers for subject in subjects_of(one)}
    findings = reading.findings(subjects)
    paths_of = Paths(reading.scope.root, Path.cwd())
    shown = trace_line if as_json else trace_text
    return ("" if as_json else "\n").join(shown(one, paths_of, findings_on(one, findings), why=why) for one in answers)


def _asked(request: str, asked: Asked) -> list[Request]:
    from kubelint_lb.engine.requests import read_line, read_lines

    return list(read_lines(sys.stdin.read())) if request == "-" else [read_line(request, asked)]

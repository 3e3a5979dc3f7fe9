"""A trace for people: a line for each hop, with its place, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kubelint_lb.kube.weights import percent
from kubelint_lb.output.cells import printable_lines
from kubelint_lb.output.paths import Paths
from kubelint_lb.report.finding import Finding
from kubelint_lb.traffic.request import Outcome, Redirect, Request, Trace, url_of


def trace_text(trace: Trace, paths: Paths, findings: Sequence[Finding] = (), *, why: bool = False) -> str:
    """The request, its hops and its end, with the findings on its way; with `why`, the rules that lost, too."""
    request = trace.request
    lines = [f"{request.method} {_url(request)}"]
    for one in (*trace.steps, *(trace.losers if why else ())):
        place = f"{paths(one.node.path)}:{one.node.span[0]}"
        lines.append(f"  {one.kind:<8}  {one.subject.title}: {one.text}  ({place})")
    lines += [f"  => {line}" for line in _end(trace.outcome, request)]
    for found in findings:
        lines.append(
            f"  {found.severity.value}: {found.message} ({found.rule}, {paths(found.location.path)}:{found.location.span[0]})"
        )
    return printable_lines("\n".join(lines) + "\n")


def _url(request: Request) -> str:
    return url_of(request.scheme, request.host or "*", request.port, request.path)


def _end(outcome: Outcome, request: Request) -> Iterator[str]:
    for one in outcome.backends:
        port = f":{one.port}" if one.port is not None else ""
        yield f"{percent(one.share)} to {one.kind} {one.namespace}/{one.name}{port}"
    if outcome.redirect is not None:
        yield f"{outcome.redirect.status}, redirected to {_target(outcome.redirect)}"
    if outcome.status is not None:
        part = "the rest gets " if outcome.backends else ""
        yield f"{part}{outcome.status}: {outcome.reason}"
    elif outcome.reason:
        yield f"{outcome.kind.value}: {outcome.reason}"
    if outcome.forwarded is not None:
        yield f"forwarded as {outcome.forwarded.method} {_url(outcome.forwarded)}"
        headers = outcome.forwarded.headers.items()
        yield from (f"with {name}: {value}" for name, value in headers if request.header(name) != value)
    yield from (f"without {name}" for name in outcome.removed)
    yield from (f"a copy to {one.namespace}/{one.name}" for one in outcome.mirrors)


def _target(redirect: Redirect) -> str:
    return url_of(redirect.scheme, redirect.host or "*", redirect.port, redirect.path)

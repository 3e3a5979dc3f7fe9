"""A trace as JSON: `schemas/trace.schema.json`. Keys that say nothing are left out."""

from __future__ import annotations

from collections.abc import Sequence

from kubelint_lb.output.json_text import dump_line
from kubelint_lb.output.paths import Paths
from kubelint_lb.report.finding import Finding
from kubelint_lb.traffic.request import Backend, Outcome, Redirect, Request, Step, Trace

VERSION = 1


def trace_line(trace: Trace, paths: Paths, findings: Sequence[Finding] = (), *, why: bool = False) -> str:
    """The trace as one line, with the findings on its way; with `why`, the rules that lost, too."""
    data = {
        "version": VERSION,
        "request": _request(trace.request),
        "outcome": _outcome(trace.outcome),
        "steps": [_step(one, paths) for one in trace.steps],
        "findings": [one.fingerprint for one in findings],
        "lost": [_step(one, paths) for one in trace.losers] if why else None,
    }
    return dump_line({key: value for key, value in data.items() if value not in ([], None)})


def _request(request: Request) -> dict[str, object]:
    return _said(
        method=request.method,
        scheme=request.scheme,
        host=request.host,
        path=request.path,
        headers=dict(request.headers),
        port=request.port,
        gateway=request.gateway,
        service=request.service,
        **{"class": request.ingress_class, "from": request.client},
    )


def _outcome(outcome: Outcome) -> dict[str, object]:
    seen = outcome.forwarded
    forwarded = _said(path=seen.path, host=seen.host, headers=dict(seen.headers)) if seen is not None else {}
    if outcome.removed:
        forwarded["removed_headers"] = list(outcome.removed)
    return _said(
        kind=outcome.kind.value,
        backends=[_backend(one) for one in outcome.backends],
        redirect=_redirect(outcome.redirect) if outcome.redirect is not None else None,
        status=outcome.status,
        reason=outcome.reason,
        mirrors=[_said(namespace=one.namespace, name=one.name) for one in outcome.mirrors],
        request=forwarded,
    )


def _backend(backend: Backend) -> dict[str, object]:
    found = _said(kind=backend.kind, namespace=backend.namespace, name=backend.name, port=backend.port)
    return {**found, "share": backend.share}


def _redirect(redirect: Redirect) -> dict[str, object]:
    return _said(**redirect._asdict())


def _step(step: Step, paths: Paths) -> dict[str, object]:
    subject = _said(kind=step.subject.kind, namespace=step.subject.namespace, name=step.subject.name)
    return {"kind": step.kind, "object": subject, "path": paths(step.node.path), "line": step.node.span[0], "text": step.text}


def _said(**words: object) -> dict[str, object]:
    return {key: value for key, value in words.items() if value not in (None, "", [], {})}

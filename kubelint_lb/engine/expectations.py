"""What people expect of a request, held against what becomes of it; and an answer written down as an expectation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from kubelint_lb.kube.weights import percent
from kubelint_lb.traffic.request import Backend, Outcome, OutcomeKind, Redirect, Request, url_of

# Shares are written by people: a hundredth of a percent is none.
_NEARLY = 0.01


def differs(expect: Mapping[str, Any], outcome: Outcome, request: Request) -> tuple[str, str] | None:
    """What was expected and what is, in words, for the first difference; None where all holds."""
    return _end(expect, outcome) or _sight(expect, outcome, request)


def expectation_of(outcome: Outcome, request: Request) -> dict[str, Any]:
    """The answer as an expectation that holds."""
    found: dict[str, Any] = {}
    if outcome.kind is OutcomeKind.REDIRECT and outcome.redirect is not None:
        return {"redirect": _url(outcome.redirect), "status": outcome.redirect.status}
    if len(outcome.backends) == 1 and outcome.status is None:
        found["backend"] = _name(outcome.backends[0])
    elif outcome.backends:
        found["backends"] = {_name(one): one.share for one in outcome.backends}
    if outcome.status is not None:
        found["status"] = outcome.status
    elif outcome.kind is OutcomeKind.ERROR:
        found["reachable"] = False
    seen = outcome.forwarded
    if seen is not None and seen.path != request.path:
        found["path"] = seen.path
    if outcome.mirrors:
        found["mirrors"] = [f"{one.namespace}/{one.name}" for one in outcome.mirrors]
    return found


def _end(expect: Mapping[str, Any], outcome: Outcome) -> tuple[str, str] | None:
    actual = words_of(outcome)
    wanted = _backends(expect)
    if wanted is not None and not _are(wanted, outcome.backends):
        return " and ".join(f"{percent(share)} to {name}" if share != 100 else name for name, share in wanted.items()), actual
    if "redirect" in expect and not _is_at(expect["redirect"], outcome.redirect):
        return f"a redirect to {expect['redirect']}", actual
    status = outcome.redirect.status if outcome.redirect is not None else outcome.status
    if "status" in expect and status != expect["status"]:
        return f"status {expect['status']}", actual
    if "reachable" in expect and expect["reachable"] == (outcome.kind is OutcomeKind.ERROR):
        return ("an answer" if expect["reachable"] else "no answer"), actual
    return None


def _sight(expect: Mapping[str, Any], outcome: Outcome, request: Request) -> tuple[str, str] | None:
    """What the backend sees."""
    seen = outcome.forwarded or request
    for key, actual in (("path", seen.path), ("host", seen.host)):
        if key in expect and expect[key] != actual:
            return f"the {key} {expect[key]} at the backend", actual or "none"
    for name, value in expect.get("headers", {}).items():
        found = seen.header(name)
        if found != value:
            return f"the header {name}: {value} at the backend", found or "not set"
    removed = {one.lower() for one in outcome.removed}
    for name in expect.get("removed-headers", ()):
        if name.lower() not in removed:
            return f"the header {name} to be removed", "left as it is"
    mirrors = {f"{one.namespace}/{one.name}" for one in outcome.mirrors}
    wanted = set(expect.get("mirrors", mirrors))
    if wanted != mirrors:
        return f"a copy to {', '.join(sorted(wanted)) or 'nobody'}", f"one to {', '.join(sorted(mirrors)) or 'nobody'}"
    return None


def _backends(expect: Mapping[str, Any]) -> dict[str, float] | None:
    if "backend" in expect:
        return {expect["backend"]: 100.0}
    return expect.get("backends")


def _are(wanted: Mapping[str, float], backends: tuple[Backend, ...]) -> bool:
    left = list(backends)
    for name, share in wanted.items():
        found = next((one for one in left if _is_named(one, name) and abs(one.share - share) <= _NEARLY), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _is_named(backend: Backend, name: str) -> bool:
    service, _, port = name.partition(":")
    return service == f"{backend.namespace}/{backend.name}" and port in {"", str(backend.port)}


def _is_at(url: str, redirect: Redirect | None) -> bool:
    if redirect is None:
        return False
    try:
        written, made = urlsplit(url), urlsplit(_url(redirect))
    except ValueError:  # `http://[` is nowhere
        return False
    return (written.scheme, written.netloc, written.path or "/", written.query) == (
        made.scheme,
        made.netloc,
        made.path or "/",
        made.query,
    )


def request_words(request: Request) -> str:
    """`GET https://shop.example/cart`."""
    return f"{request.method} {url_of(request.scheme, request.host or '*', request.port, request.path)}"


def words_of(outcome: Outcome) -> str:
    """How a request ends, in a line."""
    if outcome.redirect is not None:
        return f"a redirect to {_url(outcome.redirect)} ({outcome.redirect.status})"
    parts = [_name(one) if one.share == 100 else f"{percent(one.share)} to {_name(one)}" for one in outcome.backends]
    if outcome.kind is OutcomeKind.ERROR or outcome.status is not None:
        status = f"{outcome.status} " if outcome.status is not None else ""
        parts.append(f"{status}({outcome.reason})")
    return " and ".join(parts) or outcome.reason


def _name(backend: Backend) -> str:
    port = f":{backend.port}" if backend.port is not None else ""
    return f"{backend.namespace}/{backend.name}{port}"


def _url(redirect: Redirect) -> str:
    return url_of(redirect.scheme, redirect.host, redirect.port, redirect.path)

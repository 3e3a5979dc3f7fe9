"""Today's answers as expectations: a request for each host and path of Ingresses and routes, and what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kubelint_lb.controllers.nginx.regex_hosts import looks_like_regex
from kubelint_lb.controllers.which import class_of
from kubelint_lb.engine.expectations import expectation_of
from kubelint_lb.engine.reading import Reading
from kubelint_lb.engine.trace import agreed, trace
from kubelint_lb.kube.gateway import Gateway
from kubelint_lb.kube.ingress import Ingress
from kubelint_lb.kube.route import Route
from kubelint_lb.kube.values import name_text
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.placeholder import is_open
from kubelint_lb.traffic.matches import call_words, named_values, path_words
from kubelint_lb.traffic.meetings import Meetings
from kubelint_lb.traffic.request import OutcomeKind, Request, url_of
from kubelint_lb.traffic.world import World, distinct

_SCHEMES = {"HTTP": "http", "HTTPS": "https"}
# Any label, where a wildcard stands.
_ANY = "any"
MARK = "# Recorded by kubelint-lb test --write, which may replace it: keep expectations of your own in another file.\n"
_HEAD = "# yaml-language-server: $schema=https://kubelint-lb.dev/schemas/tests.schema.json\n"


class Recorded(NamedTuple):
    """The text of a file of expectations, how many it holds, and how many answers are not known."""

    text: str
    size: int
    unknown: int


def record(reading: Reading) -> Recorded:
    """What becomes of all requests that the files name."""
    entries: list[dict[str, Any]] = []
    unknown = 0
    for request, world in requests_of(reading.worlds):
        traces = {id(one): trace(one, request, reading.scope.holds) for one in reading.worlds}
        everywhere, here = agreed(request, list(traces.values())).outcome, traces[id(world)].outcome
        if here.kind is OutcomeKind.UNKNOWN:
            unknown += 1
            continue
        entry = _entry(request, world.objects.name if here != everywhere else None)
        entry["expect"] = expectation_of(here, request)
        if entry not in entries:
            entries.append(entry)
    return Recorded(_HEAD + MARK + _yaml(entries), len(entries), unknown)


def requests_of(worlds: Iterable[World]) -> Iterator[tuple[Request, World]]:
    """A request for each host and path that a unit's Ingresses and routes name, with the unit."""
    seen: set[tuple[int, str]] = set()
    for world in distinct(worlds):
        for view in world.objects.all("Ingress", "HTTPRoute", "GRPCRoute"):
            for request in _of(view, world):
                key = (id(world.objects), repr(request))
                if key not in seen and not any(is_open(one) for one in (request.host, request.path)):
                    seen.add(key)
                    yield request, world


def _of(view: View, world: World) -> Iterator[Request]:
    if isinstance(view, Ingress):
        yield from _of_ingress(view, world)
    elif isinstance(view, Route):
        yield from _of_route(view, world)


def _of_ingress(ingress: Ingress, world: World) -> Iterator[Request]:
    name = class_of(ingress, world.objects, world.landed.default_ingress_class) or ""
    for path in ingress.paths:
        if not looks_like_regex(path.path):
            host = path.host.replace("*", _ANY)
            scheme = "https" if any(one.covers(path.host) for one in ingress.tls) else "http"
            yield Request("GET", scheme, host, path.path or "/", ingress_class=name)


def _of_route(route: Route, world: World) -> Iterator[Request]:
    for meeting in world.objects.of(Meetings).of_route(route):
        listener = meeting.listener
        scheme = _SCHEMES.get(listener.protocol)
        if scheme is None or not isinstance(meeting.holder, Gateway):
            continue
        port = None if Request(scheme=scheme).to_port == listener.port else listener.port
        gateway = f"{meeting.holder.namespace or 'default'}/{meeting.holder.name}"
        hosts = [node.text for node in route.hostnames] or [listener.hostname or ""]
        for host in hosts:
            for rule in route.rules:
                for match in rule.matches or (None,):
                    request = _matching(route, match)
                    if request is not None:
                        yield request._replace(scheme=scheme, host=host.replace("*", _ANY), port=port, gateway=gateway)


def _matching(route: Route, match: Mapping | None) -> Request | None:
    """A request that a match takes; None where an expression stands in it."""
    if match is None:
        return Request()
    if route.kind == "GRPCRoute":
        kind, service, call = call_words(match.get("method"))
        method, path = "POST", f"/{service or _ANY}/{call or _ANY}"
    else:
        kind, path = path_words(match.get("path"))
        method = name_text(match.get("method")) or "GET"
    headers, queries = _values(match.get("headers")), _values(match.get("queryParams"))
    if kind == "RegularExpression" or headers is None or queries is None:
        return None
    query = "&".join(f"{name}={value}" for name, value in queries.items())
    return Request(method, path=f"{path}?{query}" if query else path, headers=headers)


def _values(node: Node | None) -> dict[str, str] | None:
    found = sorted(named_values(node, ignore_case=False))
    return None if any(kind == "RegularExpression" for _, kind, _ in found) else {name: value for name, _, value in found}


def _entry(request: Request, unit: str | None) -> dict[str, Any]:
    url = url_of(request.scheme, request.host, request.port, request.path)
    entry: dict[str, Any] = {"request": f"{request.method} {url}"}
    said = {"headers": dict(request.headers), "gateway": request.gateway, "class": request.ingress_class, "unit": unit}
    return {**entry, **{key: value for key, value in said.items() if value}}


def _yaml(entries: list[dict[str, Any]]) -> str:
    lines = ["tests:" if entries else "tests: []"]
    for entry in entries:
        for number, (key, value) in enumerate(entry.items()):
            lines.append(f"  {'-' if number == 0 else ' '} {key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _flow(value: object) -> str:
    """A value on one line. Every JSON text is YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_flow(one)}" for key, one in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)

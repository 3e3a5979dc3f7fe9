"""Which rule of the routes at a listener takes a request.

Source: gateway-api v1.6.1 `apis/v1/httproute_types.go` (HTTPRouteRule.matches, HTTPRouteSpec.hostnames) and
`grpcroute_types.go`: the most specific hostname, then an exact path, the longest prefix, a method, the most headers, the most
query parameters; then the oldest route, the first by namespace and name, the first rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from typing import NamedTuple

from kubelint_lb.kube.hosts import intersects, specificity
from kubelint_lb.kube.route import Route, RouteRule
from kubelint_lb.kube.values import name_text
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.placeholder import is_open
from kubelint_lb.source.regex import bounded_regex
from kubelint_lb.traffic.matches import call_words, named_values, path_words
from kubelint_lb.traffic.request import Request

_HOSTS = ("its hostname is exact", "its hostname is longer")
_SIZES = ("it matches more headers", "it matches more query parameters")
_CRITERIA = (*_HOSTS, "its path is more exact", "its path is longer", "it matches the method", *_SIZES)
_GRPC_CRITERIA = (*_HOSTS, "its service is longer", "its method is longer", *_SIZES)


class Candidate(NamedTuple):
    """A match of a rule that takes the request, or may (`sure` is False). `prefix` is the path prefix that matched, if one did.
    Of two, the smaller `rank` wins; equal ranks of two routes leave the older one, which files do not tell."""

    rule: RouteRule
    node: Node
    rank: tuple[int, ...]
    sure: bool
    prefix: str | None


def candidates(request: Request, routes: MappingType[Route, bool]) -> list[Candidate]:
    """What may take a request, the winner first. The routes are those attached to the listener that it comes in by, surely (True)
    or maybe."""
    found = []
    for route, attached in routes.items():
        host = _hostname(route, request.hostname)
        if host is None:
            continue
        for rule in _rules(route):
            for match in rule.matches or (None,):
                sure = _takes(route, match, request)
                if sure is not None:
                    rank, prefix = _rank(route, match)
                    node = rule.node if match is None or not match.entries else match
                    found.append(Candidate(rule, node, (*host[0], *rank), sure and host[1] and attached, prefix))
    names = {id(one.rule): (one.rule.route.namespace or "", one.rule.route.name, one.rule.index) for one in found}
    return sorted(found, key=lambda one: (one.rank, names[id(one.rule)]))


def _rules(route: Route) -> tuple[RouteRule, ...]:
    """Its rules; an HTTPRoute without any has one of the CRD's making, which takes every request and sends it nowhere."""
    if route.kind == "HTTPRoute" and route.spec is not None and route.lacks("spec", "rules") is True:
        return (RouteRule(route, route.spec, 0),)
    return route.rules


def criterion(winner: Candidate, loser: Candidate) -> str:
    """By what one candidate won over another, in words."""
    names = _GRPC_CRITERIA if winner.rule.route.kind == "GRPCRoute" else _CRITERIA
    if len(winner.rank) == len(loser.rank):
        for name, one, other in zip(names, winner.rank, loser.rank, strict=True):
            if one != other:
                return name
    if winner.rule.route is loser.rule.route:
        return "it comes first in the route"
    return "its route is older, or its name is first"


def _hostname(route: Route, host: str) -> tuple[tuple[int, int], bool] | None:
    """How specific the route's best hostname for a host is (smaller is better), and whether it surely holds; None: none does."""
    written = [node.text for node in route.hostnames]
    if not written:
        return specificity(None), True
    best: tuple[tuple[int, int], bool] | None = None
    for name in written:
        answer = intersects(name, host) if host else False
        if answer is False:
            continue
        rank = specificity(name)
        if best is None or rank < best[0]:
            best = rank, answer is True
    return best


def _takes(route: Route, match: Mapping | None, request: Request) -> bool | None:
    """True: it surely takes the request; False: it may, a placeholder decides; None: it does not."""
    if match is None:
        return True
    answers = list(_answers(route, match, request))
    if False in answers:
        return None
    return None not in answers


def _answers(route: Route, match: Mapping, request: Request) -> Iterator[bool | None]:
    if route.kind == "GRPCRoute":
        yield from _grpc(match, request)
    else:
        yield _path(match, request.bare_path)
        method = name_text(match.get("method"))
        yield True if method is None else _equal(method, request.method)
    for name, kind, written in named_values(match.get("headers"), ignore_case=True):
        yield _value(kind, written, request.header(name))
    for name, kind, written in named_values(match.get("queryParams"), ignore_case=False):
        yield _value(kind, written, request.parameters.get(name))


def _grpc(match: Mapping, request: Request) -> Iterator[bool | None]:
    service, _, method = request.bare_path.removeprefix("/").partition("/")
    kind, *wanted = call_words(match.get("method"))
    for written, value in zip(wanted, (service, method), strict=True):
        if written:
            yield _value(kind, written, value)


def _path(match: Mapping, path: str) -> bool | None:
    kind, value = path_words(match.get("path"))
    if is_open(value):
        return None
    if kind == "Exact":
        return path == value
    if kind == "PathPrefix":
        stem = value.rstrip("/")
        return not stem or path == stem or path.startswith(f"{stem}/")
    return _expression(value, path) if kind == "RegularExpression" else None


def _value(kind: str, written: str, found: str | None) -> bool | None:
    if found is None:
        return False
    return _expression(written, found) if kind == "RegularExpression" else _equal(written, found)


def _equal(written: str, found: str) -> bool | None:
    if written == found:
        return True
    return None if is_open(written) and "{" in written else False


def _expression(written: str, found: str) -> bool | None:
    """The whole text has to match. Dialects differ (RE2, PCRE): what Python does not read is not known."""
    if is_open(written):
        return None
    expression = bounded_regex(written, len(found))
    return None if expression is None else expression.fullmatch(found) is not None


def _rank(route: Route, match: Mapping | None) -> tuple[tuple[int, ...], str | None]:
    """The rank of a match, and its path prefix."""
    path, method, headers, parameters = (
        match.get(field) if match is not None else None for field in ("path", "method", "headers", "queryParams")
    )
    sizes = (-len(named_values(headers, ignore_case=True)), -len(named_values(parameters, ignore_case=False)))
    if route.kind == "GRPCRoute":
        _, service, call = call_words(method)
        return (-len(service), -len(call), *sizes), None
    kind, value = path_words(path)
    length = len(value.rstrip("/")) if kind == "PathPrefix" else len(value)
    order = {"Exact": 0, "PathPrefix": 1}.get(kind, 2)
    return (order, -length, 0 if name_text(method) else 1, *sizes), (value if kind == "PathPrefix" else None)

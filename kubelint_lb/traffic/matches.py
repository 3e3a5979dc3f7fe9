"""When two matches of HTTPRoute or GRPCRoute rules are the same match.

Source: gateway-api v1.6.1 `apis/v1/{httproute,grpcroute}_types.go`. Among rules, list order decides between identical
matches only: a longer path, a method, more headers win wherever they stand.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple
from weakref import WeakKeyDictionary

from kubelint_lb.kube.route import RouteRule
from kubelint_lb.kube.values import items, mappings, name_text, present, text
from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence, to_python

_KNOWN = frozenset({"path", "method", "headers", "queryParams"})
_EXACT = "Exact"
_PREFIX = "PathPrefix"


class Match(NamedTuple):
    """One match; `node` is where it stands, `number` counts from 1.

    Equal `key`s take the same requests; of two, the longer `path_length` may win before list order does (`/a/` and `/a` as
    prefixes are the same requests, and implementations differ in counting).
    """

    key: Hashable
    path_length: int
    node: Node
    number: int


_KEPT: WeakKeyDictionary[RouteRule, tuple[Match, ...]] = WeakKeyDictionary()


def matches_of(rule: RouteRule) -> tuple[Match, ...]:
    """The matches of a rule, worked out once; without any it matches every request. Empty where some entry cannot be read."""
    found = _KEPT.get(rule)
    if found is None:
        found = _KEPT[rule] = _matches_of(rule)
    return found


def _matches_of(rule: RouteRule) -> tuple[Match, ...]:
    written = present(rule.node.get("matches"))
    if written is not None and not isinstance(written, Sequence):
        return ()
    entries = items(written)
    if not entries:
        place = written or next(rule.node.keys(), rule.node)
        return (Match(_key(rule, None), 1, place, 1),)
    found = []
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, Mapping):
            return ()
        found.append(Match(_key(rule, entry), _path_length(entry), _place(entry), number))
    return tuple(found)


def _key(rule: RouteRule, match: Mapping | None) -> Hashable:
    if match is None:
        nothing: frozenset[object] = frozenset()
        return (call_words(None), nothing) if rule.route.kind == "GRPCRoute" else (_path(None), "", nothing, nothing)
    headers = named_values(match.get("headers"), ignore_case=True)
    unknown = frozenset((name, repr(to_python(node))) for name, node in match.items() if name not in _KNOWN)
    if rule.route.kind == "GRPCRoute":
        key: tuple[Hashable, ...] = (call_words(match.get("method")), headers)
    else:
        key = (
            _path(match.get("path")),
            text(match.get("method")) or "",
            headers,
            named_values(match.get("queryParams"), ignore_case=False),
        )
    return (*key, unknown) if unknown else key


def _path(node: Node | None) -> tuple[str, str]:
    kind, value = path_words(node)
    return kind, value.rstrip("/") or "/" if kind == _PREFIX else value


def path_words(node: Node | None) -> tuple[str, str]:
    """Type and value of a path match; without one, the prefix of every path."""
    if not isinstance(node, Mapping):
        return _PREFIX, (node.text if isinstance(node, Scalar) and node.value is not None else "/")
    return text(node.get("type")) or _PREFIX, name_text(node.get("value")) or "/"


def _path_length(match: Mapping) -> int:
    return len(path_words(match.get("path"))[1])


def call_words(node: Node | None) -> tuple[str, str, str]:
    """Type, service and method of a gRPC method match; all of them empty matches every call."""
    if not isinstance(node, Mapping):
        return "", "", (node.text if isinstance(node, Scalar) and node.value is not None else "")
    service, method = name_text(node.get("service")) or "", name_text(node.get("method")) or ""
    return (text(node.get("type")) or _EXACT) if service or method else "", service, method


def named_values(node: Node | None, *, ignore_case: bool) -> frozenset[tuple[str, str, str]]:
    """Header or query matches by name; of a name that occurs twice, the first counts."""
    found: dict[str, tuple[str, str, str]] = {}
    for entry in mappings(node):
        name = name_text(entry.get("name")) or ""
        name = name.lower() if ignore_case else name
        found.setdefault(name, (name, text(entry.get("type")) or _EXACT, name_text(entry.get("value")) or ""))
    return frozenset(found.values())


def _place(match: Mapping) -> Node:
    """The value that says most: the path, else the gRPC service or method, else the first word of the match."""
    for path in (("path", "value"), ("method", "service"), ("method", "method"), ("method",)):
        found = match.get(*path)
        if isinstance(found, Scalar) and found.value is not None:
            return found
    named = match.get("headers", 0, "name") or match.get("queryParams", 0, "name")
    return named or next(match.keys(), match)

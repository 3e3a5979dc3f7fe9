"""The destinations of a VirtualService's routes: their weights, and the subsets that DestinationRules define."""

from __future__ import annotations

from collections import defaultdict

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    MappingNode,
    View,
    detector,
    integer,
    is_open,
    mappings,
    mesh_host,
    name_text,
    present,
)

_WHOLE = 100


@detector
def check(view: View, ctx: Context) -> Issues:
    """istio `pkg/config/validation/validation.go` (validateHTTPRouteDestinations)."""
    if not view.settled:
        return
    for protocol in ("http", "tcp", "tls"):
        for route in mappings(view.at("spec", protocol)):
            destinations = list(mappings(route.get("route")))
            yield from _weights(view, destinations)
            for one in destinations:
                yield from _subset(view, one, ctx)


def _weights(view: View, destinations: list[MappingNode]) -> Issues:
    nodes = [present(one.get("weight")) for one in destinations]
    weighted = next((node for node in nodes if (integer(node) or 0) > 0), None)
    unknown = any(node is not None and integer(node) is None for node in nodes)
    # A full 100 leaves nothing to the others on purpose.
    shared_out = unknown or sum(integer(node) or 0 for node in nodes) == _WHOLE
    seen: dict[tuple[str | None, ...], MappingNode] = {}
    for one, node in zip(destinations, nodes, strict=True):
        name = _name(one)
        weight = integer(node)
        place = present(one.get("destination")) or one
        if node is not None and weight is not None and weight < 0:
            yield Issue(node, "negative", object=view.title, destination=name, weight=weight)
        elif node is None and weighted is not None and not shared_out:
            yield Issue(place, "no-weight", object=view.title, destination=name).related(weighted, "another weight")
        key = tuple(name_text(one.get("destination", *path)) for path in (("host",), ("subset",), ("port", "number")))
        if key in seen and not any(is_open(part or "") for part in key):
            issue = Issue(place, "duplicate", object=view.title, destination=name)
            yield issue.related(present(seen[key].get("destination")) or seen[key], "the first time")
        seen.setdefault(key, one)


def _name(one: MappingNode) -> str:
    host, subset = name_text(one.get("destination", "host")) or "", name_text(one.get("destination", "subset"))
    return f"{host} (subset {subset})" if subset else host


def _subset(view: View, one: MappingNode, ctx: Context) -> Issues:
    node = present(one.get("destination", "subset"))
    subset = name_text(node)
    host = mesh_host(one.get("destination", "host"), view.namespace)
    if node is None or not subset or is_open(subset) or host is None:
        return
    rules = ctx.once("rules", lambda: _by_host(ctx))[host]
    if not rules or not all(rule.settled and ctx.lands_with(view, rule) for rule in rules):
        return
    names = [name_text(entry.get("name")) or "" for rule in rules for entry in mappings(rule.at("spec", "subsets"))]
    if subset not in names and not any(map(is_open, names)):
        words = {"subset": subset, "host": name_text(one.get("destination", "host")) or "", "rule": rules[0].title}
        yield Issue(node, "no-subset", object=view.title, **words).related(rules[0].place("spec", "subsets"), "its subsets")


def _by_host(ctx: Context) -> dict[str | None, list[View]]:
    found: dict[str | None, list[View]] = defaultdict(list)
    for rule in ctx.all("DestinationRule"):
        found[mesh_host(rule.at("spec", "host"), rule.namespace)].append(rule)
    return found

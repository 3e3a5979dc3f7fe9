"""What Istio hashes, and what makes clients stick."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    MappingNode,
    View,
    detector,
    integer,
    is_table_size,
    mappings,
    mesh_host,
    name_text,
    present,
)


@detector
def check(view: View, ctx: Context) -> Issues:
    """istio `pkg/config/validation/validation.go` (validateLoadBalancer), istio/api `destination_rule.proto` (HTTPCookie)."""
    if not view.settled:
        return
    for hashed, whole in _hashes(view):
        yield from _cookie(view, hashed)
        yield from _sizes(view, hashed)
        if whole:
            yield from _split(view, hashed, ctx)


def _hashes(view: View) -> Iterator[tuple[MappingNode, bool]]:
    """The hashes of the host (True) and of its subsets."""
    policies = [(view.at("spec", "trafficPolicy"), True)]
    policies += [(subset.get("trafficPolicy"), False) for subset in mappings(view.at("spec", "subsets"))]
    for policy, whole in policies:
        hashed = policy.get("loadBalancer", "consistentHash") if isinstance(policy, MappingNode) else None
        if isinstance(hashed, MappingNode):
            yield hashed, whole


def _cookie(view: View, hashed: MappingNode) -> Issues:
    cookie = present(hashed.get("httpCookie"))
    key = hashed.key("httpCookie")
    if cookie is None or key is None:
        return
    name = name_text(cookie.get("name"))
    if not name:
        yield Issue(key, "cookie-name", object=view.title)
    elif present(cookie.get("ttl")) is None:
        yield Issue(key, "cookie-ttl", object=view.title, cookie=name)


def _sizes(view: View, hashed: MappingNode) -> Issues:
    ring = present(hashed.get("minimumRingSize"))
    for algorithm in ("maglev", "ringHash"):
        if ring is not None and present(hashed.get(algorithm)) is not None:
            issue = Issue(hashed.key("minimumRingSize") or ring, "ring-size", object=view.title, algorithm=algorithm)
            yield issue.related(hashed.key(algorithm) or ring, "the algorithm")
    node = present(hashed.get("maglev", "tableSize"))
    size = integer(node)
    if node is not None and size is not None and not is_table_size(size):
        yield Issue(node, "table-size", object=view.title, size=size)


def _split(view: View, hashed: MappingNode, ctx: Context) -> Issues:
    host = mesh_host(view.at("spec", "host"), view.namespace)
    for route, same in ctx.once("splits", lambda: _splits(ctx))[host] if host is not None else ():
        if ctx.lands_with(view, route):
            words = {"route": route.title, "host": name_text(view.at("spec", "host")) or ""}
            key = view.key_at("spec", "trafficPolicy", "loadBalancer", "consistentHash") or hashed
            issue = Issue(key, "split", object=view.title, **words)
            yield issue.related(present(same[1].get("weight")) or same[1], "the split")
            return


def _splits(ctx: Context) -> dict[str | None, list[tuple[View, list[MappingNode]]]]:
    """The routes of VirtualServices that send a share to several destinations of one host, by that host."""
    found: dict[str | None, list[tuple[View, list[MappingNode]]]] = defaultdict(list)
    for route in ctx.all("VirtualService"):
        for entry in mappings(route.at("spec", "http")):
            by_host: dict[str | None, list[MappingNode]] = defaultdict(list)
            for one in mappings(entry.get("route")):
                if (integer(one.get("weight")) or 0) > 0:
                    by_host[mesh_host(one.get("destination", "host"), route.namespace)].append(one)
            for host, same in by_host.items():
                if len(same) > 1:
                    found[host].append((route, same))
    return found

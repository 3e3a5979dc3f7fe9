"""To replace the prefix that a match took, there has to be one."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    MappingNode,
    Node,
    Route,
    RouteRule,
    detector,
    is_open,
    mappings,
    text,
)

_PREFIX = "PathPrefix"


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """HTTPPathModifier (gateway-api `apis/v1/httproute_types.go`). The CRD's rule for backends looks at one of them alone."""
    if not route.settled:
        return
    for rule in route.rules:
        if not _lacks_prefix(rule):
            continue
        for place in _replacements(rule.node):
            yield Issue(place, "prefix", rule=rule.title)
        within = [place for backend in rule.backend_refs for place in _replacements(backend.node)]
        for place in within:
            yield Issue(place, "prefix" if len(within) == 1 else "backends", rule=rule.title)


def _lacks_prefix(rule: RouteRule) -> bool:
    """It surely has not exactly one match by a prefix; a match without a path, like no match, is by the prefix `/`."""
    kinds = [text(one.get("path", "type")) or _PREFIX for one in rule.matches] or [_PREFIX]
    return not any(is_open(kind) for kind in kinds) and kinds != [_PREFIX]


def _replacements(holder: MappingNode) -> list[Node]:
    found = []
    for one in mappings(holder.get("filters")):
        for member in ("urlRewrite", "requestRedirect"):
            path = one.get(member, "path")
            if isinstance(path, MappingNode) and text(path.get("type")) == "ReplacePrefixMatch":
                found.append(path.get("type") or path)
    return found

"""A regular expression has to be one, in the syntax that the data plane reads."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.detectors.api import (
    Context,
    Gateway,
    Issue,
    Issues,
    MappingNode,
    Node,
    Route,
    Scalar,
    Trouble,
    detector,
    mappings,
    text,
    trouble_of,
)

_REGULAR_EXPRESSION = "RegularExpression"
# Parts of the names of classes whose data planes read PCRE.
_PCRE = ("nginx", "ngf", "haproxy", "kong", "apisix")


@detector
def check(route: Route, ctx: Context) -> Issues:
    """HTTPPathMatch, HTTPHeaderMatch, GRPCMethodMatch (gateway-api `apis/v1`); Envoy Gateway `UnsupportedValue`."""
    for rule in route.rules:
        for node in (one for match in rule.matches for one in _patterns(match)):
            if not isinstance(node, Scalar) or node.unknown:
                continue
            trouble = trouble_of(node.text)
            if trouble is Trouble.INVALID:
                yield Issue(node, "invalid", rule=rule.title, pattern=node.text)
            elif trouble is Trouble.NOT_RE2 and not _may_read_pcre(route, ctx):
                yield Issue(node, "not-re2", rule=rule.title, pattern=node.text)


def _patterns(match: MappingNode) -> Iterator[Node | None]:
    valued = [match.get("path"), *mappings(match.get("headers")), *mappings(match.get("queryParams"))]
    for one in valued:
        if isinstance(one, MappingNode) and text(one.get("type")) == _REGULAR_EXPRESSION:
            yield one.get("value")
    method = match.get("method")
    if isinstance(method, MappingNode) and text(method.get("type")) == _REGULAR_EXPRESSION:
        yield method.get("service")
        yield method.get("method")


def _may_read_pcre(route: Route, ctx: Context) -> bool:
    """Some parent is of a class of such a data plane, by its name or by that of its class, or the route asks for one."""
    gateways = [one for parent in route.parents for one in ctx.resolve(parent.reference).targets if isinstance(one, Gateway)]
    names = [parent.reference.name for parent in route.parents] + [one.class_name for one in gateways]
    return any(word in name.lower() for name in names for word in _PCRE)

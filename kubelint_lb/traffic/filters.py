"""What the filters of a rule do to a request.

Source: gateway-api v1.6.1 `apis/v1/httproute_types.go` (HTTPRequestRedirectFilter, HTTPURLRewriteFilter, HTTPHeaderFilter).
"""

from __future__ import annotations

from kubelint_lb.kube.values import integer, items, mappings, name_text
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.traffic.request import SCHEME_PORTS, Redirect, Request

_FOUND = 302


def redirected(node: Mapping, request: Request, prefix: str | None) -> Redirect:
    """Where a `requestRedirect` sends the client. `prefix` is the path prefix that matched."""
    scheme = name_text(node.get("scheme")) or request.scheme
    port = integer(node.get("port"))
    if port is None:
        port = SCHEME_PORTS.get(scheme) if name_text(node.get("scheme")) else request.to_port
    path = rewritten_path(node.get("path"), request, prefix)
    shown = None if port == SCHEME_PORTS.get(scheme) else port
    host = name_text(node.get("hostname")) or request.hostname
    return Redirect(scheme, host, shown, path, integer(node.get("statusCode")) or _FOUND)


def rewritten_path(node: Node | None, request: Request, prefix: str | None) -> str:
    """The path after `replaceFullPath` or `replacePrefixMatch`, with its query."""
    path, query = request.bare_path, f"?{request.query}" if request.query else ""
    if not isinstance(node, Mapping):
        return f"{path}{query}"
    full = name_text(node.get("replaceFullPath"))
    if full is not None:
        return f"{full or '/'}{query}"
    replacement = name_text(node.get("replacePrefixMatch"))
    if replacement is None or prefix is None:
        return f"{path}{query}"
    rest = path[len(prefix.rstrip("/")) :]
    made = f"{replacement.rstrip('/')}{rest}"
    return f"{made if made.startswith('/') else f'/{made}'}{query}"


def rewritten(node: Mapping, request: Request, prefix: str | None) -> Request:
    """The request after a `urlRewrite`."""
    host = name_text(node.get("hostname"))
    return request._replace(path=rewritten_path(node.get("path"), request, prefix), host=host or request.host)


def with_headers(node: Mapping, request: Request) -> tuple[Request, tuple[str, ...]]:
    """The request after a `requestHeaderModifier`, and the headers that it took out."""
    headers = dict(request.headers)
    for entry in mappings(node.get("set")):
        name = name_text(entry.get("name")) or ""
        _drop(headers, name)
        headers[name] = name_text(entry.get("value")) or ""
    for entry in mappings(node.get("add")):
        name, value = name_text(entry.get("name")) or "", name_text(entry.get("value")) or ""
        before = _drop(headers, name)
        headers[name] = value if before is None else f"{before},{value}"
    removed = tuple(text for item in items(node.get("remove")) if (text := name_text(item)))
    for one in removed:
        _drop(headers, one)
    return request._replace(headers=headers), removed


def _drop(headers: dict[str, str], name: str) -> str | None:
    for one in list(headers):
        if one.lower() == name.lower():
            return headers.pop(one)
    return None

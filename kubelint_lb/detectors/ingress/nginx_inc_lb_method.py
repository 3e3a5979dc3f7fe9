"""How NGINX chooses a server of an upstream, as NGINX Ingress Controller checks it."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    NGINX_INC,
    Context,
    Ingress,
    Issue,
    Issues,
    MappingNode,
    Node,
    View,
    boolean,
    detector,
    has_placeholder,
    is_open,
    mappings,
    name_text,
    present,
)

_METHODS = {"", "round_robin", "least_conn", "ip_hash", "random", "random two", "random two least_conn"}
_NO_SLOW_START = ("ip_hash", "hash ", "random")
_LISTS = ("websocket-services", "ssl-services", "grpc-services")
_VOID = ("lb-method", "sessionCookie", "next-upstream")


@detector
def check(view: View, ctx: Context) -> Issues:
    """nginx/kubernetes-ingress `internal/configs/parsing_helpers.go` (ParseLBMethod), `pkg/apis/configuration/validation`."""
    if not view.settled:
        return
    if isinstance(view, Ingress):
        if ctx.controller(view) == NGINX_INC:
            yield from _annotations(view)
        return
    for upstream in mappings(view.at("spec", "upstreams")):
        field = "loadBalancingMethod" if view.kind == "TransportServer" else "lb-method"
        yield from _method(view, present(upstream.get(field)))
        yield from _together(view, upstream)


def _method(view: View, node: Node | None) -> Issues:
    method = " ".join((name_text(node) or "").split())
    if node is None or method in _METHODS or has_placeholder(method):
        return
    words = method.split()
    if words[0] == "hash" and len(words) in {2, 3} and words[2:] in ([], ["consistent"]):
        return
    key = "plus-only" if "least_time" in method else "unknown"
    yield Issue(node, key, object=view.title, method=method)


def _together(view: View, upstream: MappingNode) -> Issues:
    method_node = present(upstream.get("lb-method"))
    method = name_text(method_node) or ""
    for field in ("slow-start", "backup"):
        node = present(upstream.get(field))
        if node is not None and method_node is not None and method.startswith(_NO_SLOW_START):
            issue = Issue(upstream.key(field) or node, "inert", object=view.title, field=field, method=method)
            yield issue.related(method_node, "the method")
    by_address = present(upstream.get("use-cluster-ip"))
    if by_address is not None and boolean(by_address) is True:
        for field in _VOID:
            if (key := upstream.key(field)) is not None and present(upstream.get(field)) is not None:
                yield Issue(key, "cluster-ip", object=view.title, field=field).related(by_address, "the cluster IP is used")


def _annotations(ingress: Ingress) -> Issues:
    yield from _method(ingress, ingress.annotation("nginx.org/lb-method"))
    names = {backend.reference.name for backend in ingress.backends}
    for suffix in _LISTS:
        annotation = f"nginx.org/{suffix}"
        node = ingress.annotation(annotation)
        if node is None or is_open(node.text) or any(map(is_open, names)):
            continue
        for service in filter(None, (one.strip() for one in node.text.split(","))):
            if service not in names:
                issue = Issue(node, "service-not-in-spec", object=ingress.title, annotation=annotation, service=service)
                yield issue.related(ingress.place("spec", "rules"), "its backends")

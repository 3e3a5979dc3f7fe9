"""A ReferenceGrant that says nothing anybody asks for."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, ReferenceGrant, Route, Scalar, detector, is_open, replace_node

_CORE = frozenset({"core", "v1"})
_REFERRERS = {
    "Service": "",
    "HTTPRoute": "gateway.networking.k8s.io",
    "GRPCRoute": "gateway.networking.k8s.io",
    "TLSRoute": "gateway.networking.k8s.io",
    "TCPRoute": "gateway.networking.k8s.io",
    "UDPRoute": "gateway.networking.k8s.io",
    "Gateway": "gateway.networking.k8s.io",
    "ListenerSet": "gateway.networking.k8s.io",
}
_TARGETS = {"Service": "", "Secret": "", "ConfigMap": ""}


@detector
def check(grant: ReferenceGrant, ctx: Context) -> Issues:
    """ReferenceGrant (gateway-api `apis/v1/referencegrant_types.go`): groups are exact texts, the core's is empty; the grant
    stands in the namespace of what is referred to."""
    for source in grant.sources:
        node = source.node.get("group")
        if isinstance(node, Scalar) and not node.unknown:
            yield from _group(grant, node, source.kind, source.group, _REFERRERS)
        own = source.node.get("namespace")
        within = bool(source.namespace) and source.namespace == grant.namespace and not is_open(source.namespace)
        if own is not None and within and not _is_misplaced(source.namespace, ctx):
            yield Issue(own, "own-namespace", grant=grant.title, namespace=source.namespace)
    for target in grant.targets:
        node = target.node.get("group")
        if isinstance(node, Scalar) and not node.unknown:
            yield from _group(grant, node, target.kind, target.group, _TARGETS)


def _is_misplaced(namespace: str, ctx: Context) -> bool:
    """Some route of the namespace refers into another one: the grant is meant for there (`backend-ref-not-permitted` says so)."""
    routes = (view for view in ctx.all("Route") if isinstance(view, Route) and view.namespace == namespace)
    return any(backend.reference.crosses for route in routes for rule in route.rules for backend in rule.all_refs)


def _group(grant: ReferenceGrant, node: Scalar, kind: str, group: str, groups: dict[str, str]) -> Issues:
    wanted = groups.get(kind)
    if wanted is None or group == wanted or not (group in _CORE or (wanted and not group)):
        return
    shown = f"`{wanted}`" if wanted else "an empty text"
    issue = Issue(node, "group", grant=grant.title, kind=kind, group=group or "empty", wanted=shown)
    yield issue.fix(f"write {shown}", replace_node(node, wanted or '""'))

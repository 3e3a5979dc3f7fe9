"""A backend is of a kind that traffic can be sent to."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, Scalar, detector, is_open, replace_node

# Nothing sends traffic to these by themselves, whatever the implementation.
_NEVER = {
    "apps": frozenset({"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"}),
    "": frozenset({"Pod", "Endpoints", "ConfigMap", "Secret", "Namespace"}),
    "networking.k8s.io": frozenset({"Ingress"}),
}
_NOT_OF_SERVICES = frozenset({"core", "v1", "apps", "networking.k8s.io", "gateway.networking.k8s.io"})


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """BackendObjectReference (gateway-api `apis/v1/object_reference_types.go`); conformance
    `HTTPRouteInvalidBackendRefUnknownKind`. Other kinds belong to implementations."""
    for rule in route.rules:
        for backend in rule.all_refs:
            group, kind = backend.reference.target
            if is_open(group) or is_open(kind):
                continue
            words = {"kind": kind, "group": group or "core", "rule": rule.title, "backend": backend.name}
            node = backend.node.get("group")
            if kind == "Service" and group in _NOT_OF_SERVICES and isinstance(node, Scalar):
                yield Issue(node, "group", **words).fix("leave the group empty", replace_node(node, '""'))
            elif kind in _NEVER.get(group, ()):
                yield Issue(backend.node.get("kind") or backend.name_node, "kind", **words)

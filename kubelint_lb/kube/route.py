"""The five routes of the Gateway API, with the defaults of the CRDs.

Source: gateway-api v1.6.1 `apis/v1/{httproute,grpcroute,tlsroute,tcproute,udproute,shared}_types.go`.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from kubelint_lb.kube.kinds import GATEWAY_GROUP, KINDS, GroupKind, canonical
from kubelint_lb.kube.references import Reference
from kubelint_lb.kube.values import integer, items, mappings, name_text, present, text
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Mapping, Node, Scalar, to_python

DEFAULT_WEIGHT = 1
# Multi-cluster Services (GEP-1748).
_SERVICE_IMPORT = GroupKind("multicluster.x-k8s.io", "ServiceImport")
# The field of each type of filter (gateway-api `apis/v1/{httproute,grpcroute}_types.go`).
FILTER_FIELDS = {
    "RequestHeaderModifier": "requestHeaderModifier",
    "ResponseHeaderModifier": "responseHeaderModifier",
    "RequestMirror": "requestMirror",
    "RequestRedirect": "requestRedirect",
    "URLRewrite": "urlRewrite",
    "CORS": "cors",
    "ExternalAuth": "externalAuth",
    "ExtensionRef": "extensionRef",
}
_TRAFFIC = {"HTTPRoute": "requests", "GRPCRoute": "calls", "UDPRoute": "packets"}


class BackendRef(NamedTuple):
    """A backend of a rule, or of a mirror or auth filter (`role` is `backend`, `mirror` or `auth`).

    `weight` is the one in force (1 where unset), None where it is not a number; `weight_node` is set where it is written.
    """

    node: Mapping
    reference: Reference
    role: str
    field: str
    port: int | None
    port_node: Node | None
    weight: int | None
    weight_node: Scalar | None

    @property
    def name(self) -> str:
        """The backend's name as written."""
        return self.reference.name

    @property
    def is_service(self) -> bool:
        """Refers to a core Service."""
        return self.reference.target == KINDS["Service"]

    @property
    def is_specified(self) -> bool:
        """Of a kind that the specification itself says what to do with: a Service, or one of another cluster. The rest is the
        implementations' (kgateway delegates to an HTTPRoute, and asks for no grant)."""
        return self.is_service or self.reference.target == _SERVICE_IMPORT

    @property
    def name_node(self) -> Node:
        """Where the name stands, else the entry."""
        return present(self.node.get("name")) or self.node


class ParentRef(NamedTuple):
    """A parent of a route: a Gateway, a ListenerSet, or a Service (mesh)."""

    node: Mapping
    reference: Reference
    section_name: str | None
    port: int | None

    @property
    def is_listener_holder(self) -> bool:
        """A Gateway or a ListenerSet."""
        return self.reference.target in {KINDS["Gateway"], KINDS["ListenerSet"]}


class RouteRule:
    """One rule of a route; `index` counts from 0."""

    def __init__(self, route: Route, node: Mapping, index: int) -> None:
        self.route = route
        self.node = node
        self.index = index

    @property
    def title(self) -> str:
        """`rule 2 of HTTPRoute shop/web`, for messages; rules count from 1 there."""
        return f"rule {self.index + 1} of {self.route.title}"

    @cached_property
    def action(self) -> object:
        """What it does with its requests, as plain values: everything but its name and what it matches."""
        return {name: to_python(node) for name, node in self.node.items() if name not in {"name", "matches"}}

    @cached_property
    def backend_refs(self) -> tuple[BackendRef, ...]:
        """`backendRefs`, entries without a name left out."""
        return _backends(self.route, self.node.get("backendRefs"), f"spec.rules[{self.index}].backendRefs")

    @cached_property
    def filters(self) -> tuple[Mapping, ...]:
        """The rule's own filters."""
        return tuple(mappings(self.node.get("filters")))

    @property
    def redirects(self) -> tuple[Mapping, ...]:
        """What its RequestRedirect filters say."""
        said = (one.get("requestRedirect") for one in self.filters if text(one.get("type")) == "RequestRedirect")
        return tuple(one for one in said if isinstance(one, Mapping))

    @cached_property
    def matches(self) -> tuple[Mapping, ...]:
        """`matches`; empty means every request."""
        return tuple(mappings(self.node.get("matches")))

    @cached_property
    def all_refs(self) -> tuple[BackendRef, ...]:
        """Backends, and the backends of mirror and auth filters of the rule and of its backends."""
        found = list(self.backend_refs)
        base = f"spec.rules[{self.index}]"
        found += _filter_refs(self.route, self.filters, f"{base}.filters")
        for index, entry in enumerate(items(self.node.get("backendRefs"))):
            if isinstance(entry, Mapping):
                found += _filter_refs(self.route, tuple(mappings(entry.get("filters"))), f"{base}.backendRefs[{index}].filters")
        return tuple(found)


class Route(View):
    """An HTTPRoute, GRPCRoute, TLSRoute, TCPRoute or UDPRoute."""

    @cached_property
    def rules(self) -> tuple[RouteRule, ...]:
        """The rules as written; an HTTPRoute without any has one catch-all rule that sends requests nowhere."""
        return tuple(
            RouteRule(self, entry, index)
            for index, entry in enumerate(items(self.at("spec", "rules")))
            if isinstance(entry, Mapping)
        )

    @cached_property
    def hostnames(self) -> tuple[Scalar, ...]:
        """The nodes of `spec.hostnames`."""
        return tuple(item for item in items(self.at("spec", "hostnames")) if isinstance(item, Scalar) and item.value is not None)

    @cached_property
    def parents(self) -> tuple[ParentRef, ...]:
        """`spec.parentRefs`, entries without a name left out."""
        found = []
        for entry in mappings(self.at("spec", "parentRefs")):
            reference = _reference(self, entry, GATEWAY_GROUP, "Gateway")
            if reference is not None:
                found.append(ParentRef(entry, reference, name_text(entry.get("sectionName")) or None, integer(entry.get("port"))))
        return tuple(found)

    @property
    def traffic(self) -> str:
        """What it carries, in a word for messages."""
        return _TRAFFIC.get(self.kind, "connections")

    @property
    def mesh_only(self) -> bool:
        """Every parent is a Service: a mesh route (GAMMA), which needs no ReferenceGrant (GEP-1294)."""
        return bool(self.parents) and all(parent.reference.target.kind == "Service" for parent in self.parents)


def _reference(route: Route, entry: Mapping, default_group: str, default_kind: str) -> Reference | None:
    name_node = present(entry.get("name"))
    name = name_text(name_node)
    if name_node is None or name is None:
        return None
    group = name_text(entry.get("group"))
    kind = text(entry.get("kind")) or default_kind
    namespace = name_text(entry.get("namespace")) or None
    return Reference(
        route.manifest,
        name_node,
        canonical(default_group if group is None else group, kind),
        namespace or route.namespace,
        name,
        namespace is not None,
    )


def _backends(route: Route, node: Node | None, field: str) -> tuple[BackendRef, ...]:
    found = []
    for index, entry in enumerate(items(node)):
        if isinstance(entry, Mapping):
            backend = _backend(route, entry, "backend", f"{field}[{index}]")
            if backend is not None:
                found.append(backend)
    return tuple(found)


def _backend(route: Route, entry: Mapping, role: str, field: str) -> BackendRef | None:
    reference = _reference(route, entry, "", "Service")
    if reference is None:
        return None
    weight_node = present(entry.get("weight"))
    port_node = present(entry.get("port"))
    weight = DEFAULT_WEIGHT if weight_node is None else integer(weight_node)
    return BackendRef(
        entry,
        reference,
        role,
        field,
        integer(port_node),
        port_node,
        weight,
        weight_node if isinstance(weight_node, Scalar) else None,
    )


def _filter_refs(route: Route, filters: tuple[Mapping, ...], field: str) -> list[BackendRef]:
    found = []
    for index, entry in enumerate(filters):
        for name, role in (("requestMirror", "mirror"), ("externalAuth", "auth")):
            target = entry.get(name, "backendRef")
            if isinstance(target, Mapping):
                backend = _backend(route, target, role, f"{field}[{index}].{name}.backendRef")
                if backend is not None:
                    found.append(backend)
    return found

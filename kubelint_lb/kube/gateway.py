"""GatewayClass, Gateway, ListenerSet and ReferenceGrant (gateway.networking.k8s.io)."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from kubelint_lb.kube.kinds import GATEWAY_GROUP, GroupKind, canonical
from kubelint_lb.kube.labels import LabelSelector, label_selector
from kubelint_lb.kube.references import Reference
from kubelint_lb.kube.values import integer, mappings, name_text, present, text
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Mapping, Node

# Which route kinds a protocol carries; TLS depends on its mode. Source: gateway-api `apis/v1/gateway_types.go`.
_PROTOCOL_ROUTES = {
    "HTTP": ("HTTPRoute", "GRPCRoute"),
    "HTTPS": ("HTTPRoute", "GRPCRoute"),
    "TCP": ("TCPRoute",),
    "UDP": ("UDPRoute",),
}


class AllowedNamespaces(NamedTuple):
    """`allowedRoutes.namespaces` or `allowedListeners.namespaces`: `All`, `Same`, `Selector` or `None`."""

    origin: str
    selector: LabelSelector | None


class Listener(NamedTuple):
    """A listener of a Gateway or ListenerSet."""

    node: Mapping
    name: str
    hostname: str | None
    port: int | None
    protocol: str
    tls_mode: str
    allowed_kinds: tuple[GroupKind, ...]
    allowed_namespaces: AllowedNamespaces

    @property
    def is_encrypted(self) -> bool:
        """Clients speak TLS to it, wherever that ends."""
        return self.protocol in {"HTTPS", "TLS"}

    def carries(self, kind: str) -> bool | None:
        """Whether it admits a route kind of the Gateway API, by protocol and `allowedRoutes.kinds`; None for a protocol
        of an implementation's own."""
        by_protocol = self._protocol_carries(kind)
        if not self.allowed_kinds:
            return by_protocol
        listed = GroupKind(GATEWAY_GROUP, kind) in self.allowed_kinds
        return by_protocol if listed else False

    def _protocol_carries(self, kind: str) -> bool | None:
        if self.protocol == "TLS":
            return kind == "TLSRoute" or (self.tls_mode == "Terminate" and kind == "TCPRoute")
        routes = _PROTOCOL_ROUTES.get(self.protocol)
        if routes is None:
            return None if "/" in self.protocol or "$" in self.protocol or "{" in self.protocol else False
        return kind in routes

    @property
    def place(self) -> Node:
        """Where its name stands, else the entry."""
        return present(self.node.get("name")) or self.node

    @property
    def hostname_place(self) -> Node:
        """Where its hostname stands, else its name."""
        return present(self.node.get("hostname")) or self.place


class CertificateRef(NamedTuple):
    """A certificate of a listener."""

    node: Mapping
    listener: Listener
    reference: Reference


class ListenerHolder(View):
    """What Gateway and ListenerSet share: listeners."""

    @cached_property
    def listeners(self) -> tuple[Listener, ...]:
        """`spec.listeners`."""
        return tuple(_listener(entry) for entry in mappings(self.at("spec", "listeners")))

    @cached_property
    def certificates(self) -> tuple[CertificateRef, ...]:
        """`tls.certificateRefs` of all listeners, entries without a name left out."""
        return tuple(
            found
            for listener in self.listeners
            for entry in mappings(listener.node.get("tls", "certificateRefs"))
            if (found := _certificate(self, listener, entry)) is not None
        )


class Gateway(ListenerHolder):
    """A Gateway."""

    @property
    def class_name(self) -> str:
        """`spec.gatewayClassName`."""
        return name_text(self.at("spec", "gatewayClassName")) or ""

    @property
    def allowed_listeners(self) -> AllowedNamespaces:
        """The namespaces whose ListenerSets may add listeners: `None` without a word."""
        return allowed_namespaces(self.at("spec", "allowedListeners", "namespaces"), "None")


class ListenerSet(ListenerHolder):
    """A ListenerSet (or XListenerSet)."""

    @property
    def parent(self) -> Reference | None:
        """The Gateway it adds listeners to."""
        node = self.at("spec", "parentRef")
        name_node = self.at("spec", "parentRef", "name")
        if not isinstance(node, Mapping) or name_node is None:
            return None
        namespace = name_text(node.get("namespace"))
        target = canonical(text(node.get("group")) or GATEWAY_GROUP, text(node.get("kind")) or "Gateway")
        return Reference(
            self.manifest, name_node, target, namespace or self.namespace, name_text(name_node) or "", bool(namespace)
        )


def _certificate(holder: ListenerHolder, listener: Listener, entry: Mapping) -> CertificateRef | None:
    node, name = entry.get("name"), name_text(entry.get("name"))
    if node is None or not name:
        return None
    namespace = name_text(entry.get("namespace"))
    target = canonical(name_text(entry.get("group")) or "", name_text(entry.get("kind")) or "Secret")
    reference = Reference(holder.manifest, node, target, namespace or holder.namespace, name, bool(namespace))
    return CertificateRef(entry, listener, reference)


def _listener(entry: Mapping) -> Listener:
    return Listener(
        entry,
        name_text(entry.get("name")) or "",
        name_text(entry.get("hostname")) or None,
        integer(entry.get("port")),
        name_text(entry.get("protocol")) or "",
        text(entry.get("tls", "mode")) or "Terminate",
        tuple(
            canonical(GATEWAY_GROUP if (group := name_text(kind.get("group"))) is None else group, text(kind.get("kind")) or "")
            for kind in mappings(entry.get("allowedRoutes", "kinds"))
        ),
        allowed_namespaces(entry.get("allowedRoutes", "namespaces"), "Same"),
    )


def allowed_namespaces(node: Node | None, default: str) -> AllowedNamespaces:
    """Reads `namespaces: {from, selector}`."""
    if not isinstance(node, Mapping):
        return AllowedNamespaces(default, None)
    return AllowedNamespaces(text(node.get("from")) or default, label_selector(node.get("selector")))


class GrantFrom(NamedTuple):
    """Who may refer: exact texts, the core group is empty."""

    node: Mapping
    group: str
    kind: str
    namespace: str


class GrantTo(NamedTuple):
    """What may be referred to; an empty name means every object of the kind."""

    node: Mapping
    group: str
    kind: str
    name: str


class ReferenceGrant(View):
    """A ReferenceGrant: lets objects of other namespaces refer into its own."""

    @cached_property
    def sources(self) -> tuple[GrantFrom, ...]:
        """`spec.from`."""
        return tuple(
            GrantFrom(
                entry,
                name_text(entry.get("group")) or "",
                name_text(entry.get("kind")) or "",
                name_text(entry.get("namespace")) or "",
            )
            for entry in mappings(self.at("spec", "from"))
        )

    @cached_property
    def targets(self) -> tuple[GrantTo, ...]:
        """`spec.to`."""
        return tuple(
            GrantTo(
                entry,
                name_text(entry.get("group")) or "",
                name_text(entry.get("kind")) or "",
                name_text(entry.get("name")) or "",
            )
            for entry in mappings(self.at("spec", "to"))
        )

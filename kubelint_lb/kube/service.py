"""Service (core/v1), with the API server's defaults.

Source: kubernetes `pkg/apis/core/v1/defaults.go` SetDefaults_Service, `pkg/apis/core/validation`.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from kubelint_lb.kube.values import boolean, integer, items, mappings, name_text, present, string_map, text
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Mapping, Node, Scalar

DEFAULT_AFFINITY_SECONDS = 10800


class ServicePort(NamedTuple):
    """One entry of `spec.ports`. `port` is None where it is not a number; `target` follows `port` where unset, 0 or empty."""

    node: Mapping
    name: str
    port: int | None
    protocol: str
    target: int | str | None
    node_port: int | None

    def at(self, field: str) -> Node:
        """The value of a field, else the whole entry."""
        return present(self.node.get(field)) or self.node

    @property
    def open(self) -> bool:
        """Its number or target is still a placeholder."""
        return any(isinstance(node := self.node.get(field), Scalar) and node.unknown for field in ("port", "targetPort"))


class Service(View):
    """A Service."""

    @cached_property
    def type(self) -> str:
        """`spec.type`, ClusterIP by default."""
        return text(self.at("spec", "type")) or "ClusterIP"

    @property
    def external_name(self) -> bool:
        """Of type ExternalName."""
        return self.type == "ExternalName"

    @cached_property
    def headless(self) -> bool:
        """A ClusterIP Service whose clusterIP is `None`."""
        addresses = [text(item) for item in items(self.at("spec", "clusterIPs"))]
        return self.type == "ClusterIP" and (text(self.at("spec", "clusterIP")) == "None" or addresses == ["None"])

    @cached_property
    def selector(self) -> dict[str, str]:
        """`spec.selector`; empty where there is none, and for ExternalName, which ignores it."""
        return {} if self.external_name else string_map(self.at("spec", "selector"))

    @cached_property
    def ports(self) -> tuple[ServicePort, ...]:
        """`spec.ports`."""
        return tuple(_port(entry) for entry in mappings(self.at("spec", "ports")))

    @property
    def affinity(self) -> str:
        """`spec.sessionAffinity`, `None` (the word) by default."""
        return text(self.at("spec", "sessionAffinity")) or "None"

    @property
    def affinity_timeout(self) -> Node | None:
        """The node of an explicit ClientIP timeout."""
        return self.at("spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds")

    @cached_property
    def external_ips(self) -> tuple[str, ...]:
        """`spec.externalIPs`."""
        return tuple(address for address in map(name_text, items(self.at("spec", "externalIPs"))) if address)

    @property
    def is_exposed(self) -> bool:
        """LoadBalancer or NodePort: reached from outside at ports of nodes."""
        return self.type in {"LoadBalancer", "NodePort"}

    @property
    def source_ranges(self) -> tuple[str, ...]:
        """`spec.loadBalancerSourceRanges`, as they are written."""
        return tuple(one for one in map(name_text, items(self.at("spec", "loadBalancerSourceRanges"))) if one)

    @property
    def externally_accessible(self) -> bool:
        """LoadBalancer, NodePort, or ClusterIP with external IPs: where an external traffic policy is legal."""
        return self.is_exposed or (self.type == "ClusterIP" and bool(self.external_ips))

    @property
    def external_policy(self) -> str | None:
        """The external traffic policy in force: `Cluster` by default, None where the type has none."""
        if not self.externally_accessible:
            return None
        return text(self.at("spec", "externalTrafficPolicy")) or "Cluster"

    @property
    def internal_policy(self) -> str | None:
        """The internal traffic policy in force; None for ExternalName."""
        return None if self.external_name else text(self.at("spec", "internalTrafficPolicy")) or "Cluster"

    @property
    def allocates_node_ports(self) -> bool:
        """`allocateLoadBalancerNodePorts`, true by default."""
        return boolean(self.at("spec", "allocateLoadBalancerNodePorts")) is not False

    @property
    def partial(self) -> bool:
        """Neither selector, clusterIP nor ports: a fragment for server-side apply or `kubectl patch`, not a whole Service. A
        type alone (`type: LoadBalancer`) makes it no more than that. One with a name and nothing else lost its spec."""
        if self.spec is None:
            return not self.bare_metadata
        if self.type == "ExternalName":
            return False
        return not any(self.at("spec", field) for field in ("selector", "clusterIP", "clusterIPs", "ports", "externalName"))

    @property
    def ports_text(self) -> str:
        """`ports 80 (http), 443`, for messages."""
        found = [f"{port.port} ({port.name})" if port.name else str(port.port) for port in self.ports if port.port is not None]
        if not found:
            return "no ports"
        return ("port " if len(found) == 1 else "ports ") + ", ".join(found)

    def ports_numbered(self, number: int) -> list[ServicePort]:
        """The ports with a number; TCP and UDP may share one."""
        return [port for port in self.ports if port.port == number]


def _port(entry: Mapping) -> ServicePort:
    port = integer(entry.get("port"))
    target_node = present(entry.get("targetPort"))
    target: int | str | None = integer(target_node)
    if target is None:
        target = name_text(target_node)
    return ServicePort(
        entry,
        name_text(entry.get("name")) or "",
        port,
        text(entry.get("protocol")) or "TCP",
        target or port,
        integer(entry.get("nodePort")),
    )

"""Node ports that Services ask for by number: one pool for the whole cluster, whatever the namespace or protocol.

Source: kubernetes `pkg/registry/core/service/storage/alloc.go`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.kube.service import Service
from kubelint_lb.kube.values import integer
from kubelint_lb.source.node import Node
from kubelint_lb.traffic.objects import Objects


class NodePortClaim(NamedTuple):
    """A Service asks for a number at a node; `health`: for the load balancer's health checks."""

    service: Service
    number: int
    node: Node
    health: bool = False


class NodePorts:
    """The claims of a unit by number."""

    def __init__(self, unit: Objects) -> None:
        self._claims: dict[int, list[NodePortClaim]] = defaultdict(list)
        for view in unit.all("Service"):
            if isinstance(view, Service):
                for claim in claims_of(view):
                    self._claims[claim.number].append(claim)

    def claims(self, number: int) -> list[NodePortClaim]:
        """Who asks for a number, in order of reading."""
        return self._claims.get(number, [])


def claims_of(service: Service) -> Iterator[NodePortClaim]:
    """The node ports that a Service asks for, as far as its type has any; a number asked for by two of its ports once."""
    if not service.is_exposed:
        return
    seen: set[int] = set()
    for port in service.ports:
        if port.node_port and port.node_port not in seen:
            seen.add(port.node_port)
            yield NodePortClaim(service, port.node_port, port.at("nodePort"))
    node = service.at("spec", "healthCheckNodePort")
    number = integer(node)
    if node is not None and number and service.type == "LoadBalancer" and service.external_policy == "Local":
        yield NodePortClaim(service, number, node, health=True)

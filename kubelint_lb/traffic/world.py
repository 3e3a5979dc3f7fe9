"""What is known of one unit beyond its manifests, worked out when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from kubelint_lb.controllers.which import controller_of
from kubelint_lb.deploy.unit import Unit
from kubelint_lb.kube.ingress import Ingress
from kubelint_lb.kube.versions import Target
from kubelint_lb.traffic.companions import Companions
from kubelint_lb.traffic.delivery import Delivery
from kubelint_lb.traffic.grants import Grants
from kubelint_lb.traffic.ingress_hosts import IngressHosts
from kubelint_lb.traffic.node_ports import NodePorts
from kubelint_lb.traffic.openness import Openness
from kubelint_lb.traffic.resolve import Resolver
from kubelint_lb.traffic.scaling import Scaling
from kubelint_lb.traffic.selection import Selector


class Facts:
    """References, selections, scaling and delivery of one unit.

    `target` is what it is applied to; `class_controllers` maps names of ingress classes to controllers; `default_ingress_class`
    is the configured one, or None.
    """

    def __init__(
        self,
        unit: Unit,
        target: Target,
        *,
        class_controllers: Mapping[str, str] | None = None,
        default_ingress_class: str | None = None,
    ) -> None:
        self.unit = unit
        self.target = target
        self.class_controllers = class_controllers or {}
        self.default_ingress_class = default_ingress_class

    @cached_property
    def openness(self) -> Openness:
        """What fills the unit from outside."""
        return Openness(self.unit)

    @cached_property
    def resolver(self) -> Resolver:
        """References by name."""
        return Resolver(self.unit, self.openness)

    @cached_property
    def selector(self) -> Selector:
        """Services and their pods."""
        return Selector(self.unit, self.openness)

    @cached_property
    def scaling(self) -> Scaling:
        """Autoscalers."""
        return Scaling(self.unit)

    @cached_property
    def node_ports(self) -> NodePorts:
        """Node ports asked for by number."""
        return NodePorts(self.unit)

    @cached_property
    def grants(self) -> Grants:
        """ReferenceGrants."""
        return Grants(self.unit, self.openness)

    @cached_property
    def ingress_hosts(self) -> IngressHosts:
        """Ingresses by host."""
        return IngressHosts(self.unit)

    @cached_property
    def companions(self) -> Companions:
        """Pods that must share a node with others."""
        return Companions(self.unit)

    @cached_property
    def delivery(self) -> Delivery:
        """Rollouts and Canaries."""
        return Delivery(self.unit)

    def controller(self, ingress: Ingress) -> str | None:
        """Which controller serves an Ingress, where that is known."""
        return controller_of(ingress, self.unit, self.class_controllers, self.default_ingress_class)

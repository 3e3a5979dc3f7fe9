"""What a detector may ask: the unit its object is in, and the parameters of its rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kubelint_lb.kube.gateway import ListenerHolder
from kubelint_lb.kube.ingress import Ingress, IngressPath
from kubelint_lb.kube.kinds import GroupKind
from kubelint_lb.kube.references import Reference
from kubelint_lb.kube.route import BackendRef, ParentRef, Route, RouteRule
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.versions import Version
from kubelint_lb.kube.view import View
from kubelint_lb.kube.workload import Autoscaler, Replicas, Workload
from kubelint_lb.traffic.attachment import Admission, Attachment, admission, attach
from kubelint_lb.traffic.grants import Permission
from kubelint_lb.traffic.injected import may_be_injected
from kubelint_lb.traffic.node_ports import NodePortClaim
from kubelint_lb.traffic.resolve import Resolution
from kubelint_lb.traffic.selection import Selection

if TYPE_CHECKING:
    from kubelint_lb.deploy.unit import Unit
    from kubelint_lb.traffic.world import Facts


class Context:
    """What a detector may ask about the unit its object is in, and the parameters of its rule."""

    def __init__(self, facts: Facts, params: Mapping[str, object]) -> None:
        self._facts = facts
        self._params = params
        self.kubernetes: Version = facts.target.kubernetes
        self.gateway_api: Version = facts.target.gateway_api
        # Whether the user said which version; if not, versions in support may differ.
        self.kubernetes_set = facts.target.kubernetes_set
        self.channel = facts.target.channel

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self._facts.unit

    @property
    def complete(self) -> bool:
        """All of the cluster's traffic objects are in the unit."""
        return self._facts.unit.complete

    @property
    def whole(self) -> bool:
        """The unit is configured, rendered or complete: its objects are surely applied together."""
        return self._facts.unit.whole

    @property
    def default_ingress_class(self) -> str | None:
        """The class of Ingresses that name none, from configuration."""
        return self._facts.default_ingress_class

    def number(self, name: str) -> int:
        """A whole-number parameter."""
        value = self._params[name]
        if not isinstance(value, int):
            raise TypeError(f"parameter {name} is no whole number")
        return value

    def word(self, name: str) -> str:
        """A text parameter."""
        return str(self._params[name])

    def flag(self, name: str) -> bool:
        """A true or false parameter."""
        return bool(self._params[name])

    def words(self, name: str) -> tuple[str, ...]:
        """A list parameter."""
        value = self._params[name]
        return tuple(str(item) for item in value) if isinstance(value, Iterable) and not isinstance(value, str) else ()

    def all(self, *names: str) -> Iterator[View]:
        """Every object of some kinds or families in the unit."""
        return self._facts.unit.all(*names)

    def has(self, *names: str) -> bool:
        """The unit holds an object of one of the kinds."""
        return self._facts.unit.has(*names)

    def peers(self, view: View, *names: str) -> Iterator[View]:
        """The other objects that surely land in the same cluster: for conflicts."""
        return self._facts.unit.peers(view.manifest, *names)

    def resolve(self, reference: Reference) -> Resolution:
        """FOUND, MISSING or UNKNOWN."""
        return self._facts.resolver.resolve(reference)

    def select(self, service: Service) -> Selection:
        """The workloads that a Service selects."""
        return self._facts.selector.select(service)

    def may_be_injected(self, port: str, workload: Workload) -> bool:
        """Some webhook may add a container with a port of this name to the pods."""
        views = self._facts.unit.everywhere("Namespace")
        return may_be_injected(port, workload, (one for one in views if one.name == workload.namespace))

    def replicas(self, workload: Workload) -> Replicas:
        """How many pods there may be, autoscalers counted in."""
        return self._facts.scaling.replicas(workload)

    def autoscaler(self, workload: Workload) -> Autoscaler | None:
        """What scales a workload."""
        return self._facts.scaling.autoscaler(workload)

    def ingresses_on(self, host: str) -> list[Ingress]:
        """The unit's Ingresses that have, or may turn out to have, a rule for a host (empty: every host)."""
        return self._facts.ingress_hosts.on(host)

    def ingresses_at(self, path: IngressPath) -> list[Ingress]:
        """The unit's Ingresses that have a path written like this one, on the same host, in order of reading."""
        return self._facts.ingress_hosts.at(path)

    def lands_with(self, view: View, other: View) -> bool:
        """Two objects surely land in the same cluster: what `peers` asks of each pair."""
        return self._facts.unit.lands_with(view.manifest, other.manifest)

    def nearest(self, view: View, others: Iterable[View]) -> list[View]:
        """Of several definitions, those nearest to an object."""
        unit = self._facts.unit
        return [unit.view(one) for one in unit.nearest(view.manifest.path, [other.manifest for other in others])]

    def manages_rule(self, rule: RouteRule) -> bool:
        """Argo Rollouts or Flagger sets this rule's weights at run time."""
        return self._facts.delivery.manages_rule(rule)

    def knows_service(self, name: str, namespace: str | None) -> bool:
        """Argo Rollouts or Flagger switches this Service between pods."""
        return self._facts.delivery.knows_service(name, namespace)

    def knows_ingress(self, name: str, namespace: str | None) -> bool:
        """Argo Rollouts or Flagger drives this Ingress."""
        return self._facts.delivery.knows_ingress(name, namespace)

    def controller(self, ingress: Ingress) -> str | None:
        """Which controller serves an Ingress, where known."""
        return self._facts.controller(ingress)

    def attach(self, route: Route, parent: ParentRef, holder: ListenerHolder) -> Attachment:
        """The listeners of a parent that a route meets."""
        return attach(route, parent, holder, self._facts.unit)

    def admission(self, route: Route, parent: ParentRef) -> Admission:
        """The listeners of a parent, in all of its definitions, by which a route gets in."""
        targets = self.resolve(parent.reference).targets if parent.is_listener_holder else ()
        return admission(route, parent, targets, self._facts.unit)

    def permission(self, reference: Reference, referrer: GroupKind) -> Permission:
        """What ReferenceGrants say of a reference into another namespace."""
        return self._facts.grants.permission(reference, referrer)

    def refusal(self, backend: BackendRef, route: Route) -> Permission | None:
        """Why a backend in another namespace is surely not permitted; None where it is, or may be."""
        return self._facts.grants.refusal(backend, route)

    def node_port_claims(self, number: int) -> list[NodePortClaim]:
        """The Services of the unit that ask for a node port, in order of reading."""
        return self._facts.node_ports.claims(number)

    def has_companions(self, workload: Workload) -> bool:
        """Other pods are placed on the nodes of this workload's pods on purpose, or these beside others."""
        return self._facts.companions.has(workload)

    def is_open(self, view: View, namespace: str | None) -> bool:
        """Unseen objects may land in this namespace (a chart, a release, an unread file)."""
        return self._facts.openness.is_open(view.manifest.folder, namespace)

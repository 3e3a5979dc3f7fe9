"""What a detector may ask: the unit its object is in, and the parameters of its rule."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from kubelint_lb.controllers.alb.targets import Said
    from kubelint_lb.kube.gateway import ListenerHolder
    from kubelint_lb.kube.ingress import Ingress, IngressPath
    from kubelint_lb.kube.kinds import GroupKind
    from kubelint_lb.kube.labels import LabelSelector
    from kubelint_lb.kube.references import Reference
    from kubelint_lb.kube.route import BackendRef, ParentRef, Route, RouteRule
    from kubelint_lb.kube.service import Service
    from kubelint_lb.kube.versions import Version
    from kubelint_lb.kube.view import View
    from kubelint_lb.kube.workload import Autoscaler, Replicas, Workload
    from kubelint_lb.source.node import Node
    from kubelint_lb.traffic.attachment import Admission, Attachment
    from kubelint_lb.traffic.fronts import Front
    from kubelint_lb.traffic.grants import Permission
    from kubelint_lb.traffic.isolation import Isolation
    from kubelint_lb.traffic.node_ports import NodePortClaim
    from kubelint_lb.traffic.objects import Index, Objects
    from kubelint_lb.traffic.resolve import Resolution
    from kubelint_lb.traffic.selection import Selection
    from kubelint_lb.traffic.world import World

_Index = TypeVar("_Index", bound="Index")
_Value = TypeVar("_Value")


class Context:
    """What a detector may ask about the unit its object is in, and the parameters of its rule."""

    def __init__(self, world: World, params: Mapping[str, object]) -> None:
        self._objects = world.objects
        self._landed = world.landed
        self._params = params
        self._worked_out: dict[Hashable, object] = {}
        target = world.landed.target
        self.kubernetes: Version = target.kubernetes
        self.gateway_api: Version = target.gateway_api
        # Whether the user said which version; if not, versions in support may differ.
        self.kubernetes_set = target.kubernetes_set
        self.channel = target.channel
        self.definitions = world.definitions

    def of(self, index: type[_Index]) -> _Index:
        """What is worked out of the unit's objects, by its class: any index of `kubelint_lb.traffic`."""
        return self._objects.of(index)

    @property
    def unit(self) -> Objects:
        """The unit."""
        return self._objects

    @property
    def complete(self) -> bool:
        """All of the cluster's traffic objects are in the unit."""
        return self._objects.complete

    @property
    def whole(self) -> bool:
        """The unit is configured, rendered or complete: its objects are surely applied together."""
        return self._objects.whole

    @property
    def default_ingress_class(self) -> str | None:
        """The class of Ingresses that name none, from configuration."""
        return self._landed.default_ingress_class

    def number(self, name: str) -> int:
        """A whole-number parameter."""
        return cast("int", self._params[name])

    def word(self, name: str) -> str:
        """A text parameter."""
        return str(self._params[name])

    def flag(self, name: str) -> bool:
        """A true or false parameter."""
        return bool(self._params[name])

    def param(self, name: str) -> object:
        """A parameter of any type."""
        return self._params[name]

    def words(self, name: str) -> tuple[str, ...]:
        """A list parameter."""
        value = self._params[name]
        return tuple(str(item) for item in value) if isinstance(value, Iterable) and not isinstance(value, str) else ()

    def once(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """What `make` gives, worked out once for a key: for what many objects share, as Services do that select the same pods."""
        if key not in self._worked_out:
            self._worked_out[key] = make()
        return cast("_Value", self._worked_out[key])

    def all(self, *names: str) -> Iterator[View]:
        """Every object of some kinds or families in the unit."""
        return self._objects.all(*names)

    def has(self, *names: str) -> bool:
        """The unit holds an object of one of the kinds."""
        return self._objects.has(*names)

    def peers(self, view: View, *names: str) -> Iterator[View]:
        """The other objects that surely land in the same cluster: for conflicts."""
        return self._objects.peers(view.manifest, *names)

    def resolve(self, reference: Reference) -> Resolution:
        """FOUND, MISSING or UNKNOWN."""
        from kubelint_lb.traffic.resolve import Resolver

        return self.of(Resolver).resolve(reference)

    def services(self, reference: Reference) -> list[Service]:
        """The Services that a reference leads to: several are alternatives."""
        from kubelint_lb.kube.service import Service

        return [view for view in self.resolve(reference).targets if isinstance(view, Service)]

    def select(self, service: Service) -> Selection:
        """The workloads that a Service selects."""
        from kubelint_lb.traffic.selection import Selector

        return self.of(Selector).select(service)

    def services_of(self, workload: Workload) -> tuple[Service, ...]:
        """The Services whose selectors a workload's pods match, in its namespace; one tuple for workloads that are alike."""
        from kubelint_lb.traffic.pod_labels import PodLabels

        return self.of(PodLabels).services_of(workload)

    def budgeted(self, budget: View) -> list[Workload]:
        """The workloads whose pods a PodDisruptionBudget holds for."""
        from kubelint_lb.traffic.budgets import Budgets

        return self.of(Budgets).workloads(budget)

    def budgets_of(self, workload: Workload) -> list[View]:
        """The PodDisruptionBudgets of the unit that hold for a workload's pods, in order of reading."""
        from kubelint_lb.traffic.budgets import Budgets

        return self.of(Budgets).by_workload.get(id(workload), [])

    def isolation(self, workload: Workload) -> Isolation | None:
        """What network policies let in to a workload's pods; None where none isolates them, or not all is known."""
        from kubelint_lb.traffic.isolation import Isolations

        return self.of(Isolations).of_workload(workload)

    def pods_with(self, selector: LabelSelector) -> list[Workload]:
        """The workloads of the unit whose pods surely have the labels of a selector, in any namespace."""
        from kubelint_lb.traffic.pod_labels import PodLabels

        def matching() -> list[Workload]:
            pods = self.of(PodLabels)
            found = pods.matching(dict(selector.pairs)) if selector.pairs else pods.workloads
            return [one for one in found if selector.matches(one.pod_labels) is True]

        return self.once(("pods", frozenset(selector.pairs.items()), selector.requirements), matching)

    def fronts(self, service: Service) -> list[Front]:
        """The Ingresses and routes that send traffic to a Service."""
        from kubelint_lb.traffic.fronts import Fronts

        return self.of(Fronts).of_service(service)

    def outside(self, workload: Workload) -> tuple[Node, str] | None:
        """Where traffic from outside comes to a workload's pods, with words: a Service with an address there, or what sends to
        one."""
        for service in self.services_of(workload):
            if service.is_exposed:
                return service.place("spec", "type"), f"{service.title} takes traffic from outside"
            front = next(iter(self.fronts(service)), None)
            if front is not None:
                return front.reference.node, f"{front.view.title} sends traffic to it"
        return None

    def may_be_injected(self, port: str, workload: Workload) -> bool:
        """Some webhook may add a container with a port of this name to the pods."""
        from kubelint_lb.traffic.injected import may_be_injected

        views = self._objects.everywhere("Namespace")
        return may_be_injected(port, workload, (one for one in views if one.name == workload.namespace))

    def replicas(self, workload: Workload) -> Replicas:
        """How many pods there may be, autoscalers counted in."""
        from kubelint_lb.traffic.scaling import Scaling

        return self.of(Scaling).replicas(workload)

    def autoscaler(self, workload: Workload) -> Autoscaler | None:
        """What scales a workload."""
        from kubelint_lb.traffic.scaling import Scaling

        return self.of(Scaling).autoscaler(workload)

    def ingresses_on(self, host: str) -> list[Ingress]:
        """The unit's Ingresses that have, or may turn out to have, a rule for a host (empty: every host)."""
        from kubelint_lb.traffic.ingress_hosts import IngressHosts

        return self.of(IngressHosts).on(host)

    def ingresses_at(self, path: IngressPath) -> list[Ingress]:
        """The unit's Ingresses that have a path written like this one, on the same host, in order of reading."""
        from kubelint_lb.traffic.ingress_hosts import IngressHosts

        return self.of(IngressHosts).at(path)

    def lands_with(self, view: View, other: View) -> bool:
        """Two objects surely land in the same cluster: what `peers` asks of each pair."""
        return self._objects.lands_with(view.manifest, other.manifest)

    def nearest(self, view: View, others: Iterable[View]) -> list[View]:
        """Of several definitions, those nearest to an object."""
        return [self._objects.view(one) for one in self._objects.nearest(view.manifest.path, [one.manifest for one in others])]

    def manages_rule(self, rule: RouteRule) -> bool:
        """Argo Rollouts or Flagger sets this rule's weights at run time."""
        from kubelint_lb.traffic.delivery import Delivery

        return self.of(Delivery).manages_rule(rule)

    def knows_service(self, name: str, namespace: str | None) -> bool:
        """Argo Rollouts or Flagger switches this Service between pods."""
        from kubelint_lb.traffic.delivery import Delivery

        return self.of(Delivery).knows_service(name, namespace)

    def knows_ingress(self, name: str, namespace: str | None) -> bool:
        """Argo Rollouts or Flagger drives this Ingress."""
        from kubelint_lb.traffic.delivery import Delivery

        return self.of(Delivery).knows_ingress(name, namespace)

    def alb_target_type(self, ingress: Ingress, service: Service) -> Said:
        """Whether the AWS controller sends an Ingress's requests to nodes (`instance`) or pods (`ip`), and where that is said."""
        from kubelint_lb.controllers.alb.targets import target_type

        return target_type(ingress, service, self._objects, self.default_ingress_class)

    def controller(self, ingress: Ingress) -> str | None:
        """Which controller serves an Ingress, where known."""
        from kubelint_lb.controllers.which import controller_of

        return controller_of(ingress, self._objects, self._landed.class_controllers, self.default_ingress_class)

    def attach(self, route: Route, parent: ParentRef, holder: ListenerHolder) -> Attachment:
        """The listeners of a parent that a route meets."""
        from kubelint_lb.traffic.attachment import Attachments

        return self.of(Attachments).attach(route, parent, holder)

    def admission(self, route: Route, parent: ParentRef) -> Admission:
        """The listeners of a parent, in all of its definitions, by which a route gets in."""
        from kubelint_lb.traffic.attachment import Attachments

        targets = self.resolve(parent.reference).targets if parent.is_listener_holder else ()
        return self.of(Attachments).admission(route, parent, targets)

    def permission(self, reference: Reference, referrer: GroupKind) -> Permission:
        """What ReferenceGrants say of a reference into another namespace."""
        from kubelint_lb.traffic.grants import Grants

        return self.of(Grants).permission(reference, referrer)

    def refused(self, reference: Reference) -> Permission | None:
        """Why no ReferenceGrant lets the object of a reference use its target; None where one does, or may."""
        from kubelint_lb.traffic.grants import Grants

        return self.of(Grants).refused(reference)

    def refusal(self, backend: BackendRef, route: Route) -> Permission | None:
        """Why a backend in another namespace is surely not permitted; None where it is, or may be."""
        from kubelint_lb.traffic.grants import Grants

        return self.of(Grants).refusal(backend, route)

    def node_port_claims(self, number: int) -> list[NodePortClaim]:
        """The Services of the unit that ask for a node port, in order of reading."""
        from kubelint_lb.traffic.node_ports import NodePorts

        return self.of(NodePorts).claims(number)

    def has_companions(self, workload: Workload) -> bool:
        """Other pods are placed on the nodes of this workload's pods on purpose, or these beside others."""
        from kubelint_lb.traffic.companions import Companions

        return self.of(Companions).has(workload)

    def is_open(self, view: View, namespace: str | None) -> bool:
        """Unseen objects may land in this namespace (a chart, a release, an unread file)."""
        from kubelint_lb.traffic.openness import Openness

        return self.of(Openness).is_open(view.manifest.folder, namespace)

"""All that a detector may use: the issue it yields, the context it asks, and the model's views.

A detector is a generator over issues, marked with `@detector`. It is pure: no printing, no files, no order, no severity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from kubelint_lb.model.affinity import idle_affinity, sticks
from kubelint_lb.model.attachment import Admission, Attachment, admission, attach, serves
from kubelint_lb.model.backing import reaches_pods, serving, single_pod, takes_all_pods, weighs_nodes
from kubelint_lb.model.controllers import (
    ALB,
    CONTOUR,
    GKE,
    GKE_CLASSES,
    HAPROXY_INGRESS,
    HAPROXY_TECH,
    KONG,
    MERGING,
    NGINX,
    NGINX_INC,
    TRAEFIK,
    class_of,
    has_gke_annotations,
    routing_annotations,
)
from kubelint_lb.model.gateway import Gateway, Listener, ListenerHolder, ListenerSet, ReferenceGrant
from kubelint_lb.model.grants import NearGrant, Permission
from kubelint_lb.model.hosts import intersects
from kubelint_lb.model.ingress import USE_ANNOTATION, Ingress, IngressBackend, IngressClass, IngressPath
from kubelint_lb.model.kinds import KINDS, GroupKind
from kubelint_lb.model.kube_proxy import IPTABLES, IPVS, MODES, is_replaced, mode_in_force, written_mode
from kubelint_lb.model.labels import LabelSelector, is_runtime_label, label_selector, selector_matches
from kubelint_lb.model.manifest import Manifest
from kubelint_lb.model.matches import Match, matches_of
from kubelint_lb.model.names import is_dns_label, is_dns_subdomain
from kubelint_lb.model.namespaces import compatible, surely_differ
from kubelint_lb.model.near import is_near, nearest
from kubelint_lb.model.nginx_canary import (
    Canary,
    CanaryLocation,
    find_primary_path,
    go_bool,
    go_int,
    may_be_nginx,
    may_be_primary,
    surely_same,
    upstream,
)
from kubelint_lb.model.node_ports import NodePortClaim, claims_of
from kubelint_lb.model.nodes import on_every_node
from kubelint_lb.model.overlays import may_label, may_move
from kubelint_lb.model.pod import HOSTNAME_KEY, AntiAffinityTerm, Container, ContainerPort, PodTemplate, SpreadConstraint
from kubelint_lb.model.references import Reference
from kubelint_lb.model.resolve import Resolution, State
from kubelint_lb.model.route import BackendRef, ParentRef, Route, RouteRule
from kubelint_lb.model.selection import NearSelection, Selection
from kubelint_lb.model.service import DEFAULT_AFFINITY_SECONDS, Service, ServicePort
from kubelint_lb.model.split import Split, empty_backends, split_of
from kubelint_lb.model.spread import Spread, Spreading, softness, spreading
from kubelint_lb.model.values import boolean, integer, is_null, items, mappings, name_text, present, string_map, text
from kubelint_lb.model.versions import Version
from kubelint_lb.model.view import View
from kubelint_lb.model.weights import percent, shares
from kubelint_lb.model.workload import MANY, Autoscaler, Replicas, Workload
from kubelint_lb.source.node import Document, Fault, Node, Scalar, Sequence, to_python
from kubelint_lb.source.node import Mapping as MappingNode
from kubelint_lb.source.placeholder import has_placeholder, is_open, may_equal

if TYPE_CHECKING:
    from kubelint_lb.model.facts import Facts
    from kubelint_lb.model.unit import Unit

__all__ = [
    "ALB",
    "CONTOUR",
    "DEFAULT_AFFINITY_SECONDS",
    "GKE",
    "GKE_CLASSES",
    "HAPROXY_INGRESS",
    "HAPROXY_TECH",
    "HOSTNAME_KEY",
    "IPTABLES",
    "IPVS",
    "KINDS",
    "KONG",
    "MANY",
    "MERGING",
    "MODES",
    "NGINX",
    "NGINX_INC",
    "TRAEFIK",
    "USE_ANNOTATION",
    "Admission",
    "AntiAffinityTerm",
    "Attachment",
    "Autoscaler",
    "BackendRef",
    "Canary",
    "CanaryLocation",
    "Container",
    "ContainerPort",
    "Context",
    "Document",
    "Fault",
    "Gateway",
    "GroupKind",
    "Ingress",
    "IngressBackend",
    "IngressClass",
    "IngressPath",
    "Issue",
    "Issues",
    "LabelSelector",
    "Listener",
    "ListenerHolder",
    "ListenerSet",
    "Manifest",
    "MappingNode",
    "Match",
    "NearGrant",
    "NearSelection",
    "Node",
    "NodePortClaim",
    "ParentRef",
    "Permission",
    "PodTemplate",
    "Reference",
    "ReferenceGrant",
    "Replicas",
    "Resolution",
    "Route",
    "RouteRule",
    "Scalar",
    "Selection",
    "Sequence",
    "Service",
    "ServicePort",
    "Split",
    "Spread",
    "SpreadConstraint",
    "Spreading",
    "State",
    "TextEdit",
    "Version",
    "View",
    "Workload",
    "boolean",
    "claims_of",
    "class_of",
    "compatible",
    "detector",
    "empty_backends",
    "find_primary_path",
    "go_bool",
    "go_int",
    "has_gke_annotations",
    "has_placeholder",
    "idle_affinity",
    "integer",
    "intersects",
    "is_dns_label",
    "is_dns_subdomain",
    "is_near",
    "is_null",
    "is_open",
    "is_replaced",
    "is_runtime_label",
    "items",
    "label_selector",
    "mappings",
    "matches_of",
    "may_be_nginx",
    "may_be_primary",
    "may_equal",
    "may_label",
    "may_move",
    "mode_in_force",
    "name_text",
    "nearest",
    "on_every_node",
    "percent",
    "present",
    "reaches_pods",
    "replace_node",
    "routing_annotations",
    "selector_matches",
    "serves",
    "serving",
    "shares",
    "single_pod",
    "softness",
    "split_of",
    "spreading",
    "sticks",
    "string_map",
    "surely_differ",
    "surely_same",
    "takes_all_pods",
    "text",
    "to_python",
    "upstream",
    "weighs_nodes",
    "written_mode",
]


class TextEdit(NamedTuple):
    """Replace the text of a node."""

    node: Node
    text: str


def replace_node(node: Node, text: str) -> TextEdit:
    """The smallest edit: another text where a node stands."""
    return TextEdit(node, text)


@dataclass(frozen=True, slots=True)
class Issue:
    """What a detector found, at a node. `key` names the rule's message, `words` fill it; severity is not its business.

    `owner` is the object it is about, where that is not the object the detector was handed.
    """

    node: Node
    key: str
    words: Mapping[str, object]
    relations: tuple[tuple[Node, str], ...] = ()
    fix_title: str = ""
    edits: tuple[TextEdit, ...] = ()
    owner: Manifest | None = None

    def __init__(self, node: Node, key: str, /, **words: object) -> None:
        object.__setattr__(self, "node", node)
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "relations", ())
        object.__setattr__(self, "fix_title", "")
        object.__setattr__(self, "edits", ())
        object.__setattr__(self, "owner", None)

    def _with(self, **changes: object) -> Issue:
        copy = Issue(self.node, self.key, **self.words)
        for name in ("relations", "fix_title", "edits", "owner"):
            object.__setattr__(copy, name, changes.get(name, getattr(self, name)))
        return copy

    def moved(self, move: Callable[[Node], Node]) -> Issue:
        """The issue with every node replaced: the engine's, for rendered objects."""
        node = move(self.node)
        relations = tuple((move(other), words) for other, words in self.relations)
        if node is self.node and all(new[0] is old[0] for new, old in zip(relations, self.relations, strict=True)):
            return self
        moved = Issue(node, self.key, **self.words)._with(relations=relations, owner=self.owner)
        # Edits of rendered text have no file to go to.
        return moved

    def related(self, node: Node, words: str) -> Issue:
        """The issue with one more place in this or another object."""
        return self._with(relations=(*self.relations, (node, words)))

    def fix(self, title: str, *edits: TextEdit) -> Issue:
        """The issue with text edits that repair it."""
        return self._with(fix_title=title, edits=edits)

    def about(self, manifest: Manifest) -> Issue:
        """The issue, said of another object."""
        return self._with(owner=manifest)


Issues: TypeAlias = Iterator[Issue]
Check: TypeAlias = "Callable[[Any, Context], Issues]"
_Check = TypeVar("_Check", bound="Callable[..., Issues]")


def detector(check: _Check) -> _Check:
    """Marks a module's detector; the engine finds it by the module's name."""
    return check


class Context:
    """What a detector may ask about the unit its object is in, and the parameters of its rule."""

    def __init__(
        self,
        facts: Facts,
        params: Mapping[str, object],
        kubernetes: Version,
        gateway_api: Version,
        *,
        kubernetes_set: bool,
        channel: str,
    ) -> None:
        self._facts = facts
        self._params = params
        self.kubernetes = kubernetes
        self.gateway_api = gateway_api
        # Whether the user said which version; if not, versions in support may differ.
        self.kubernetes_set = kubernetes_set
        self.channel = channel

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

    def replicas(self, workload: Workload) -> Replicas:
        """How many pods there may be, autoscalers counted in."""
        return self._facts.scaling.replicas(workload)

    def autoscaler(self, workload: Workload) -> Autoscaler | None:
        """What scales a workload."""
        return self._facts.scaling.autoscaler(workload)

    def ingresses_on(self, host: str) -> list[Ingress]:
        """The unit's Ingresses that have, or may turn out to have, a rule for a host (empty: every host)."""
        return self._facts.ingress_hosts.on(host)

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

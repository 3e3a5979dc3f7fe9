"""All that a detector may use: the issue it yields, the context it asks, and the model's views.

A detector is a generator over issues, marked with `@detector`. It is pure: no printing, no files, no order, no severity.

Each name is loaded when a detector first asks for it: a run on a few objects needs few of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kubelint_lb.controllers.nginx.canary import (
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
    from kubelint_lb.controllers.which import (
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
        speaks_of,
    )
    from kubelint_lb.deploy.kustomize.pending import may_label, may_move
    from kubelint_lb.detectors.context import Context
    from kubelint_lb.detectors.forms.missing import missing
    from kubelint_lb.detectors.forms.not_admitted import NotAdmitted, not_admitted
    from kubelint_lb.detectors.forms.refused import refused
    from kubelint_lb.detectors.issue import Issue, Issues, TextEdit, detector, replace_node
    from kubelint_lb.kube.gateway import CertificateRef, Gateway, Listener, ListenerHolder, ListenerSet, ReferenceGrant
    from kubelint_lb.kube.hosts import intersects
    from kubelint_lb.kube.ingress import USE_ANNOTATION, Ingress, IngressBackend, IngressClass, IngressPath
    from kubelint_lb.kube.kinds import KINDS, GroupKind
    from kubelint_lb.kube.labels import LabelSelector, is_runtime_label, label_selector, selector_matches
    from kubelint_lb.kube.manifest import Manifest
    from kubelint_lb.kube.names import is_dns_label, is_dns_subdomain
    from kubelint_lb.kube.namespaces import compatible, surely_differ
    from kubelint_lb.kube.near import is_near, nearest
    from kubelint_lb.kube.pod import HOSTNAME_KEY, AntiAffinityTerm, Container, ContainerPort, PodTemplate, SpreadConstraint
    from kubelint_lb.kube.references import Reference
    from kubelint_lb.kube.removed import removal
    from kubelint_lb.kube.route import BackendRef, ParentRef, Route, RouteRule
    from kubelint_lb.kube.service import DEFAULT_AFFINITY_SECONDS, Service, ServicePort
    from kubelint_lb.kube.split import Split, empty_backends, split_of
    from kubelint_lb.kube.spread import Spread, Spreading, softness, spreading
    from kubelint_lb.kube.validation.violation import Reason
    from kubelint_lb.kube.values import boolean, integer, is_null, items, mappings, name_text, present, string_map, text
    from kubelint_lb.kube.versions import Version
    from kubelint_lb.kube.view import View
    from kubelint_lb.kube.weights import percent, shares
    from kubelint_lb.kube.workload import MANY, Autoscaler, Replicas, Workload
    from kubelint_lb.source.document import Fault
    from kubelint_lb.source.node import Document, Node, Scalar, Sequence, to_python
    from kubelint_lb.source.node import Mapping as MappingNode
    from kubelint_lb.source.placeholder import has_placeholder, is_filled_in, is_open, may_equal
    from kubelint_lb.traffic.affinity import idle_affinity, sticks
    from kubelint_lb.traffic.attachment import Admission, Attachment, serves
    from kubelint_lb.traffic.backing import reaches_pods, serving, single_pod, takes_all_pods, weighs_nodes
    from kubelint_lb.traffic.companions import on_every_node
    from kubelint_lb.traffic.grants import NearGrant, Permission
    from kubelint_lb.traffic.kube_proxy import IPTABLES, IPVS, MODES, is_replaced, mode_in_force, written_mode
    from kubelint_lb.traffic.matches import Match, matches_of
    from kubelint_lb.traffic.meant import Nearness, NearSelection
    from kubelint_lb.traffic.node_ports import NodePortClaim, claims_of
    from kubelint_lb.traffic.resolve import Resolution, State
    from kubelint_lb.traffic.selection import Selection

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
    "CertificateRef",
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
    "Nearness",
    "Node",
    "NodePortClaim",
    "NotAdmitted",
    "ParentRef",
    "Permission",
    "PodTemplate",
    "Reason",
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
    "is_filled_in",
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
    "missing",
    "mode_in_force",
    "name_text",
    "nearest",
    "not_admitted",
    "on_every_node",
    "percent",
    "present",
    "reaches_pods",
    "refused",
    "removal",
    "replace_node",
    "routing_annotations",
    "selector_matches",
    "serves",
    "serving",
    "shares",
    "single_pod",
    "softness",
    "speaks_of",
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

# Where each name lives, less the package's name. A test compares this with the imports above.
_HOMES = {
    "controllers.nginx.canary": (
        "Canary CanaryLocation find_primary_path go_bool go_int may_be_nginx may_be_primary surely_same upstream "
    ),
    "controllers.which": (
        "ALB CONTOUR GKE GKE_CLASSES HAPROXY_INGRESS HAPROXY_TECH KONG "
        "MERGING NGINX NGINX_INC TRAEFIK class_of has_gke_annotations routing_annotations "
        "speaks_of "
    ),
    "deploy.kustomize.pending": "may_label may_move",
    "detectors.context": "Context",
    "detectors.forms.missing": "missing",
    "detectors.forms.not_admitted": "NotAdmitted not_admitted",
    "detectors.forms.refused": "refused",
    "detectors.issue": "Issue Issues TextEdit detector replace_node",
    "kube.gateway": "CertificateRef Gateway Listener ListenerHolder ListenerSet ReferenceGrant",
    "kube.hosts": "intersects",
    "kube.ingress": "Ingress IngressBackend IngressClass IngressPath USE_ANNOTATION",
    "kube.kinds": "GroupKind KINDS",
    "kube.labels": "LabelSelector is_runtime_label label_selector selector_matches",
    "kube.manifest": "Manifest",
    "kube.names": "is_dns_label is_dns_subdomain",
    "kube.namespaces": "compatible surely_differ",
    "kube.near": "is_near nearest",
    "kube.pod": "AntiAffinityTerm Container ContainerPort HOSTNAME_KEY PodTemplate SpreadConstraint",
    "kube.references": "Reference",
    "kube.removed": "removal",
    "kube.route": "BackendRef ParentRef Route RouteRule",
    "kube.service": "DEFAULT_AFFINITY_SECONDS Service ServicePort",
    "kube.split": "Split empty_backends split_of",
    "kube.spread": "Spread Spreading softness spreading",
    "kube.values": "boolean integer is_null items mappings name_text present string_map text",
    "kube.validation.violation": "Reason",
    "kube.versions": "Version",
    "kube.view": "View",
    "kube.weights": "percent shares",
    "kube.workload": "Autoscaler MANY Replicas Workload",
    "source.document": "Fault",
    "source.node": "Document MappingNode Node Scalar Sequence to_python",
    "source.placeholder": "has_placeholder is_filled_in is_open may_equal",
    "traffic.affinity": "idle_affinity sticks",
    "traffic.attachment": "Admission Attachment serves",
    "traffic.backing": "reaches_pods serving single_pod takes_all_pods weighs_nodes",
    "traffic.companions": "on_every_node",
    "traffic.grants": "NearGrant Permission",
    "traffic.kube_proxy": "IPTABLES IPVS MODES is_replaced mode_in_force written_mode",
    "traffic.matches": "Match matches_of",
    "traffic.meant": "NearSelection Nearness",
    "traffic.node_ports": "NodePortClaim claims_of",
    "traffic.resolve": "Resolution State",
    "traffic.selection": "Selection",
}
_RENAMED = {"MappingNode": "Mapping"}
_MODULES = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """The name from where it lives. Raises AttributeError for one that is not in `__all__`."""
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(name)
    found: object = getattr(import_module(f"kubelint_lb.{module}"), _RENAMED.get(name, name))
    globals()[name] = found
    return found

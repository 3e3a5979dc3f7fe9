"""Every reference that an object makes, by kind of object, with the role that its target plays."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from kubelint_lb.kube.custom_routes import ROWS, custom_references
from kubelint_lb.kube.gateway import Gateway, ListenerHolder, ListenerSet
from kubelint_lb.kube.ingress import Ingress
from kubelint_lb.kube.kinds import GKE_POLICIES, KINDS
from kubelint_lb.kube.policy import targets_of
from kubelint_lb.kube.references import Reference
from kubelint_lb.kube.route import Route
from kubelint_lb.kube.values import name_text
from kubelint_lb.kube.view import View
from kubelint_lb.kube.workload import Autoscaler

# What is attached to an object by `targetRefs` (GEP-713).
POLICIES = ("BackendTLSPolicy", "BackendTrafficPolicy", "XBackendTrafficPolicy", *GKE_POLICIES)


class Role(StrEnum):
    """What the target of a reference is to its source."""

    BACKEND = "backend"
    MIRROR = "mirror"
    AUTH = "auth"
    PARENT = "parent"
    CLASS = "class"
    CERTIFICATE = "certificate"
    TLS_SECRET = "tls secret"  # noqa: S105
    SELECTOR = "selector"
    SCALE_TARGET = "scale target"
    DISRUPTION_TARGET = "disruption target"
    POLICY_TARGET = "policy target"
    GOVERNING_SERVICE = "governing service"
    PART = "part"  # a middleware, an included route, a policy: what makes up a route beside its backends


class Tie(NamedTuple):
    """A reference, and its role."""

    role: Role
    reference: Reference


def references_of(view: View) -> Iterator[Reference]:
    """The references an object makes to others that traffic passes, or that it scales or governs."""
    return (reference for _, reference in _ties_of_traffic(view))


def ties_of(view: View) -> Iterator[Tie]:
    """All references of an object by name. What selectors select is no reference: see `kubelint_lb.traffic.graph`."""
    yield from _ties_of_traffic(view)
    match view:
        case Ingress():
            node, name = view.at("spec", "ingressClassName"), view.class_name
            if node is not None and name:
                yield Tie(Role.CLASS, Reference(view.manifest, node, KINDS["IngressClass"], None, name))
            yield from (Tie(Role.TLS_SECRET, one.secret) for one in view.tls if one.secret is not None)
        case ListenerHolder():
            node = view.at("spec", "gatewayClassName")
            if isinstance(view, Gateway) and node is not None and view.class_name:
                yield Tie(Role.CLASS, Reference(view.manifest, node, KINDS["GatewayClass"], None, view.class_name))
            yield from (Tie(Role.CERTIFICATE, one.reference) for one in view.certificates)
        case _ if view.manifest.view_name in POLICIES:
            yield from (Tie(Role.POLICY_TARGET, one.reference) for one in targets_of(view))


def _ties_of_traffic(view: View) -> Iterator[Tie]:
    match view:
        case Ingress():
            yield from (Tie(Role.BACKEND, backend.reference) for backend in view.backends)
        case Route():
            yield from (Tie(Role.PARENT, parent.reference) for parent in view.parents)
            yield from (Tie(Role(one.role), one.reference) for rule in view.rules for one in rule.all_refs)
        case ListenerSet():
            if (reference := view.parent) is not None:
                yield Tie(Role.PARENT, reference)
        case Autoscaler():
            node = view.at("spec", "scaleTargetRef", "name")
            target = KINDS.get(view.target_kind)
            if node is not None and target is not None:
                yield Tie(Role.SCALE_TARGET, Reference(view.manifest, node, target, view.namespace, view.target_name))
        case _ if view.manifest.view_name == "StatefulSet":
            node = view.at("spec", "serviceName")
            name = name_text(node)
            if node is not None and name:
                yield Tie(Role.GOVERNING_SERVICE, Reference(view.manifest, node, KINDS["Service"], view.namespace, name))
        case _ if view.manifest.view_name in ROWS:
            for one in custom_references(view):
                serves = one.reference.target in {KINDS["Service"], KINDS["TraefikService"]}
                yield Tie(Role.BACKEND if serves else Role.PART, one.reference)

"""Which typed view reads which kind."""

from __future__ import annotations

from collections.abc import Callable

from kubelint_lb.kube.gateway import Gateway, ListenerSet, ReferenceGrant
from kubelint_lb.kube.ingress import Ingress, IngressClass
from kubelint_lb.kube.kinds import BUILT_IN_WORKLOADS, FAMILIES, ROUTES
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.policy import BackendTLSPolicy
from kubelint_lb.kube.route import Route
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.view import View
from kubelint_lb.kube.workload import Autoscaler, Workload

_VIEWS: dict[str, Callable[[Manifest], View]] = {
    "Service": Service,
    "Ingress": Ingress,
    "IngressClass": IngressClass,
    "Gateway": Gateway,
    "ListenerSet": ListenerSet,
    "ReferenceGrant": ReferenceGrant,
    "BackendTLSPolicy": BackendTLSPolicy,
    "ExtraWorkload": Workload,
    **dict.fromkeys(ROUTES, Route),
    **dict.fromkeys(BUILT_IN_WORKLOADS, Workload),
    **dict.fromkeys(FAMILIES["Autoscaler"], Autoscaler),
}


def view_of(manifest: Manifest) -> View:
    """The typed view of a manifest; a plain View for kinds without one."""
    return _VIEWS.get(manifest.view_name or "", View)(manifest)

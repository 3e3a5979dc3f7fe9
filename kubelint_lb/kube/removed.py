"""The API versions that no longer are: which release removed them, and which to use.

Sources: Kubernetes' deprecation guide (kubernetes.io/docs/reference/using-api/deprecation-guide); the `served` versions in the
CRDs of each release of the Gateway API.
"""

from __future__ import annotations

from typing import NamedTuple

from kubelint_lb.kube.kinds import GATEWAY_GROUP
from kubelint_lb.kube.versions import Version


class Removal(NamedTuple):
    """The first release without an API version, and the version that took its place; `alike`: objects of both read the same, in
    all fields and defaults, so that only the version has to be written anew."""

    release: Version
    successor: str
    alike: bool = False


_APPS = Removal(Version(1, 16), "apps/v1")
_APPS_ALIKE = _APPS._replace(alike=True)
_INGRESS = Removal(Version(1, 22), "networking.k8s.io/v1")
_ROUTE = Removal(Version(1, 0), f"{GATEWAY_GROUP}/v1", alike=True)
_REMOVED = {
    ("extensions/v1beta1", "Deployment"): _APPS,
    ("extensions/v1beta1", "DaemonSet"): _APPS,
    ("extensions/v1beta1", "ReplicaSet"): _APPS,
    ("extensions/v1beta1", "NetworkPolicy"): Removal(Version(1, 16), "networking.k8s.io/v1", alike=True),
    ("extensions/v1beta1", "Ingress"): _INGRESS,
    ("apps/v1beta1", "Deployment"): _APPS,
    ("apps/v1beta1", "StatefulSet"): _APPS,
    ("apps/v1beta2", "Deployment"): _APPS_ALIKE,
    ("apps/v1beta2", "StatefulSet"): _APPS_ALIKE,
    ("apps/v1beta2", "DaemonSet"): _APPS_ALIKE,
    ("apps/v1beta2", "ReplicaSet"): _APPS_ALIKE,
    ("networking.k8s.io/v1beta1", "Ingress"): _INGRESS,
    ("networking.k8s.io/v1beta1", "IngressClass"): _INGRESS._replace(alike=True),
    ("policy/v1beta1", "PodDisruptionBudget"): Removal(Version(1, 25), "policy/v1"),
    ("autoscaling/v2beta1", "HorizontalPodAutoscaler"): Removal(Version(1, 25), "autoscaling/v2"),
    ("autoscaling/v2beta2", "HorizontalPodAutoscaler"): Removal(Version(1, 26), "autoscaling/v2", alike=True),
    ("batch/v2alpha1", "CronJob"): Removal(Version(1, 21), "batch/v1"),
    ("batch/v1beta1", "CronJob"): Removal(Version(1, 25), "batch/v1", alike=True),
    ("discovery.k8s.io/v1beta1", "EndpointSlice"): Removal(Version(1, 25), "discovery.k8s.io/v1"),
    (f"{GATEWAY_GROUP}/v1alpha2", "GatewayClass"): _ROUTE,
    (f"{GATEWAY_GROUP}/v1alpha2", "Gateway"): _ROUTE,
    (f"{GATEWAY_GROUP}/v1alpha2", "HTTPRoute"): _ROUTE,
    (f"{GATEWAY_GROUP}/v1alpha2", "GRPCRoute"): Removal(Version(1, 2), f"{GATEWAY_GROUP}/v1", alike=True),
    (f"{GATEWAY_GROUP}/v1alpha2", "ReferenceGrant"): Removal(Version(1, 2), f"{GATEWAY_GROUP}/v1beta1", alike=True),
    (f"{GATEWAY_GROUP}/v1alpha2", "BackendTLSPolicy"): Removal(Version(1, 1), f"{GATEWAY_GROUP}/v1"),
}


def removal(api_version: str, kind: str) -> Removal | None:
    """When an API version of a kind went; None for one that is served."""
    return _REMOVED.get((api_version, kind))

"""The kinds the model knows, by group and kind, and the names that rules call them by.

Identity is group and kind: Istio has a `Gateway`, Knative a `Service`. The version plays no part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias


class GroupKind(NamedTuple):
    """An API group (empty for core) and a kind."""

    group: str
    kind: str


GATEWAY_GROUP = "gateway.networking.k8s.io"

GKE_POLICIES = ("GCPBackendPolicy", "GCPSessionAffinityPolicy", "HealthCheckPolicy")

TRAEFIK_KINDS = (
    "IngressRoute",
    "IngressRouteTCP",
    "IngressRouteUDP",
    "TraefikService",
    "Middleware",
    "MiddlewareTCP",
    "TLSOption",
)

KINDS: dict[str, GroupKind] = {
    kind: GroupKind(group, kind)
    for group, kinds in {
        "": ("Service", "Endpoints", "Namespace", "Secret", "ConfigMap", "Pod", "ReplicationController"),
        "apps": ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"),
        "admissionregistration.k8s.io": ("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"),
        "batch": ("Job", "CronJob"),
        "discovery.k8s.io": ("EndpointSlice",),
        "networking.k8s.io": ("Ingress", "IngressClass", "NetworkPolicy"),
        "autoscaling": ("HorizontalPodAutoscaler",),
        "policy": ("PodDisruptionBudget",),
        "argoproj.io": ("Rollout", "Application", "ApplicationSet"),
        "keda.sh": ("ScaledObject",),
        "cert-manager.io": ("Certificate",),
        "external-secrets.io": ("ExternalSecret",),
        "bitnami.com": ("SealedSecret",),
        "secrets.hashicorp.com": ("VaultStaticSecret",),
        "flagger.app": ("Canary",),
        "helm.toolkit.fluxcd.io": ("HelmRelease",),
        "fluxcd.controlplane.io": ("FluxInstance",),
        "kubeproxy.config.k8s.io": ("KubeProxyConfiguration",),
        "cloud.google.com": ("BackendConfig",),
        "elbv2.k8s.aws": ("IngressClassParams",),
        "metallb.io": ("L2Advertisement", "BGPAdvertisement"),
        "networking.istio.io": ("VirtualService", "DestinationRule"),
        "gateway.envoyproxy.io": ("BackendTrafficPolicy",),
        "traefik.io": TRAEFIK_KINDS,
        "projectcontour.io": ("HTTPProxy",),
        "k8s.nginx.org": ("VirtualServer", "VirtualServerRoute", "TransportServer"),
        "configuration.konghq.com": ("KongPlugin", "KongClusterPlugin", "KongUpstreamPolicy"),
        "split.smi-spec.io": ("TrafficSplit",),
        "networking.gke.io": GKE_POLICIES,
        "gateway.networking.x-k8s.io": ("XBackendTrafficPolicy",),
        GATEWAY_GROUP: (
            "GatewayClass",
            "Gateway",
            "ListenerSet",
            "HTTPRoute",
            "GRPCRoute",
            "TLSRoute",
            "TCPRoute",
            "UDPRoute",
            "ReferenceGrant",
            "BackendTLSPolicy",
        ),
    }.items()
    for kind in kinds
}
# Kinds whose own names say too little, or are those of a family.
KINDS["FluxKustomization"] = GroupKind("kustomize.toolkit.fluxcd.io", "Kustomization")
KINDS["NginxPolicy"] = GroupKind("k8s.nginx.org", "Policy")
KINDS["OpenShiftRoute"] = GroupKind("route.openshift.io", "Route")

ROUTES = ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute")
BUILT_IN_WORKLOADS = (
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "ReplicaSet",
    "ReplicationController",
    "Job",
    "CronJob",
    "Pod",
    "Rollout",
)

# What rules call the kinds that the model does not know, and the repository defines.
CUSTOM = "CustomResource"

# Groups of the API server itself, and those whose definitions a platform keeps: what git has of these may be old.
_KEPT_ELSEWHERE = ("k8s.io", "gke.io", "cloud.google.com")
# Kinds that the model knows and whose fields CustomResourceDefinitions describe: they are held against those, too.
VENDOR_KINDS = frozenset(name for name, (group, _) in KINDS.items() if "." in group and not group.endswith(_KEPT_ELSEWHERE))

# Names a rule may write for several kinds at once.
FAMILIES: dict[str, tuple[str, ...]] = {
    "Route": ROUTES,
    "Workload": (*BUILT_IN_WORKLOADS, "ExtraWorkload"),
    "Autoscaler": ("HorizontalPodAutoscaler", "ScaledObject"),
    # Routes and splits that controllers define themselves.
    "CustomRoute": (
        "IngressRoute",
        "IngressRouteTCP",
        "IngressRouteUDP",
        "TraefikService",
        "Middleware",
        "HTTPProxy",
        "VirtualServer",
        "VirtualServerRoute",
        "TransportServer",
        "TrafficSplit",
        "OpenShiftRoute",
        "Rollout",
    ),
}

PodTemplates: TypeAlias = Mapping[GroupKind, tuple[str, ...]]
# Other kinds with a pod template, and where it lies; more through configuration.
POD_TEMPLATES: PodTemplates = {
    GroupKind("apps.kruise.io", "CloneSet"): ("spec", "template"),
    GroupKind("apps.kruise.io", "StatefulSet"): ("spec", "template"),
    GroupKind("apps.kruise.io", "DaemonSet"): ("spec", "template"),
    GroupKind("apps.openshift.io", "DeploymentConfig"): ("spec", "template"),
    GroupKind("kubevirt.io", "VirtualMachine"): ("spec", "template"),
    GroupKind("kubevirt.io", "VirtualMachineInstance"): (),
}

# Old groups of kinds that moved, so that an object of either is recognised.
_MOVED: dict[GroupKind, GroupKind] = {
    GroupKind("extensions", "Ingress"): KINDS["Ingress"],
    GroupKind("extensions", "Deployment"): KINDS["Deployment"],
    GroupKind("extensions", "DaemonSet"): KINDS["DaemonSet"],
    GroupKind("extensions", "ReplicaSet"): KINDS["ReplicaSet"],
    GroupKind("extensions", "NetworkPolicy"): KINDS["NetworkPolicy"],
    GroupKind("gateway.networking.x-k8s.io", "XListenerSet"): KINDS["ListenerSet"],
    **{GroupKind("traefik.containo.us", kind): KINDS[kind] for kind in TRAEFIK_KINDS},
    GroupKind("generators.external-secrets.io", "ExternalSecret"): KINDS["ExternalSecret"],
}
_NAMES = {identity: name for name, identity in KINDS.items()}


def canonical(group: str, kind: str) -> GroupKind:
    """The identity of a kind, with old groups turned into today's."""
    identity = GroupKind(group, kind)
    return _MOVED.get(identity, identity)


def view_name(identity: GroupKind) -> str | None:
    """What rules call a kind, or None for one that the model does not know."""
    return _NAMES.get(identity) or ("ExtraWorkload" if identity in POD_TEMPLATES else None)


def expand(names: tuple[str, ...]) -> tuple[str, ...]:
    """View names with families (`Route`, `Workload`) replaced by their members."""
    return tuple(member for name in names for member in FAMILIES.get(name, (name,)))

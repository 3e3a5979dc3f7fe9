"""Which kinds of a cluster are asked for: those that rules read, less what would say the same once more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kubelint_lb.cluster.kubectl import Resource
from kubelint_lb.kube.kinds import KINDS, GroupKind, PodTemplates, canonical

# What they make is in the cluster itself. Endpoints are made for each Service; EndpointSlices say the same.
# Admission policies have had their say.
LEFT_OUT = frozenset(
    {
        "Application",
        "ApplicationSet",
        "Endpoints",
        "FluxInstance",
        "FluxKustomization",
        "HelmRelease",
        "KubeProxyConfiguration",
        "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding",
    }
)
SECRET, CONFIG_MAP = KINDS["Secret"], KINDS["ConfigMap"]
# The ConfigMaps that rules read, each asked for by its name. Of others only the names are: they may hold anything.
CONFIG_MAPS = ("kube-proxy", "cilium-config", "ingress-nginx-controller", "nginx-configuration", "nginx-ingress-controller")


def asked(resources: Iterable[Resource], pod_templates: PodTemplates) -> list[Resource]:
    """The resources to ask for, one for each kind, in order."""
    wanted = {identity for name, identity in KINDS.items() if name not in LEFT_OUT} | pod_templates.keys()
    found: dict[tuple[str, str], Resource] = {}
    for one in resources:
        # A kind that moved between groups may be served by both; `extensions` shows the same objects once more.
        if identity_of(one) in wanted and one.group != "extensions":
            found.setdefault((one.group, one.kind), one)
    return sorted(found.values())


def references_in(value: object) -> Iterator[tuple[GroupKind, str]]:
    """The kinds and names that fields of an object refer to, as a GatewayClass does to its parameters."""
    if isinstance(value, list):
        for one in value:
            yield from references_in(one)
    elif isinstance(value, dict):
        kind, version = value.get("kind"), value.get("apiVersion")
        group = value.get("group", value.get("apiGroup", str(version).rpartition("/")[0] if version is not None else None))
        if isinstance(kind, str) and isinstance(group, str) and isinstance(value.get("name"), str):
            yield canonical(group, kind), value["name"]
        for one in value.values():
            yield from references_in(one)


def identity_of(resource: Resource) -> GroupKind:
    """The kind of a resource, as rules know it."""
    return canonical(resource.group, resource.kind)

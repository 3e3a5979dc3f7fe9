"""The objects of a cluster as texts, one each, at places of their own: `<cluster:CONTEXT>/NAMESPACE/KIND/NAME.yaml`.

Findings point into these as they do into files. What the API server keeps for itself is left out, and what it filled in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from kubelint_lb.cluster.defaults import without_defaults
from kubelint_lb.cluster.yaml_text import yaml_text
from kubelint_lb.kube.kinds import KINDS, GroupKind, canonical

# What the API server keeps of every object, and what no rule asks for.
_KEPT = ("creationTimestamp", "generateName", "managedFields", "resourceVersion", "selfLink", "uid")
_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
_REVISIONS = ("deployment.kubernetes.io/revision", "deprecated.daemonset.template.generation")
# Kubernetes' own controllers make these of objects that are here themselves: owner kinds by kind.
_WORKLOADS = frozenset(KINDS[name] for name in ("ReplicaSet", "StatefulSet", "DaemonSet", "Job", "ReplicationController"))
_MAKERS: Mapping[GroupKind, AbstractSet[GroupKind]] = {
    KINDS["Pod"]: _WORKLOADS,
    KINDS["ReplicaSet"]: frozenset({KINDS["Deployment"], KINDS["Rollout"]}),
    KINDS["Job"]: frozenset({KINDS["CronJob"]}),
}
_SLICE_MANAGER, _MANAGER = "endpointslice.kubernetes.io/managed-by", "app.kubernetes.io/managed-by"
# How operators call themselves there; people's tools are Helm, kustomize, argocd and the like.
_OPERATORS = ("-operator", "-controller", "envoy-gateway")
# Labels of what is made for a Gateway (GEP-1762), or comes with the platform.
_KEPT_FOR = (
    "gateway.networking.k8s.io/gateway-name",
    "gateway.envoyproxy.io/owning-gateway-name",
    "gateway.envoyproxy.io/owning-gatewayclass",
    "addonmanager.kubernetes.io/mode",
)
_AUTOSCALERS = frozenset({KINDS["HorizontalPodAutoscaler"], KINDS["ScaledObject"]})
_SLICE, _POD = KINDS["EndpointSlice"], KINDS["Pod"]


class Texts(NamedTuple):
    """Texts by place, and the places of objects that something in the cluster made: they have owners."""

    by_path: dict[str, str]
    made: frozenset[str]


def place_of(context: str) -> str:
    """The start of every place in a cluster."""
    return f"<cluster:{context}>"


def texts_of(
    items: Iterable[Mapping[str, Any]],
    context: str,
    known: AbstractSet[GroupKind],
    node_ports: Collection[str] | None = None,
) -> Texts:
    """The texts of objects as `kubectl get -o json` prints them. `known`: the kinds that could be listed; `node_ports`: those
    that were not allocated, where that is known."""
    found: dict[str, str] = {}
    made: set[str] = set()
    items = list(items)
    scaled = set(_scaled(items))
    for item in items:
        identity = identity_of(item)
        if _is_copy(item, identity, known):
            continue
        path = _path(item, context, found)
        if _owners(item) or _is_managed(item):
            made.add(path)
        tidy = _tidied(item, identity, node_ports)
        if _key(item, str(item.get("kind")), _map(item.get("metadata")).get("name")) in scaled:
            _map(tidy.get("spec")).pop("replicas", None)
        found[path] = yaml_text(tidy)
    return Texts(found, frozenset(made))


def identity_of(item: Mapping[str, Any]) -> GroupKind:
    """The group and kind of an object."""
    return canonical(str(item.get("apiVersion", "")).rpartition("/")[0], str(item.get("kind", "")))


def _path(item: Mapping[str, Any], context: str, taken: Mapping[str, str]) -> str:
    metadata = _map(item.get("metadata"))
    folders = [place_of(context), *([metadata["namespace"]] if metadata.get("namespace") else [])]
    kind, name = str(item.get("kind")), f"{metadata.get('name')}.yaml"
    path = "/".join((*folders, kind, name))
    # Kinds of two groups may have one name.
    return path if path not in taken else "/".join((*folders, f"{kind}.{item.get('apiVersion', '')}".partition("/")[0], name))


def _is_copy(item: Mapping[str, Any], identity: GroupKind, known: AbstractSet[GroupKind]) -> bool:
    """A workload that is here itself made it; or it says of a Service that nothing is behind it."""
    if identity == _SLICE:
        return bool(_owners(item)) and not item.get("endpoints")
    makers = _MAKERS.get(identity, frozenset()) & known
    return any(one in makers for one in _owners(item))


def _owners(item: Mapping[str, Any]) -> list[GroupKind]:
    references = _map(item.get("metadata")).get("ownerReferences")
    if not isinstance(references, list):
        return []
    return [identity_of(one) for one in references if isinstance(one, dict)]


def _scaled(items: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """The workloads that an autoscaler scales: the number of their pods is its, of this moment, and nobody wrote it."""
    for item in items:
        if identity_of(item) in _AUTOSCALERS:
            target = _map(_map(item.get("spec")).get("scaleTargetRef"))
            yield _key(item, str(target.get("kind") or "Deployment"), target.get("name"))


def _key(item: Mapping[str, Any], kind: str, name: object) -> tuple[str, str, str]:
    return kind, str(_map(item.get("metadata")).get("namespace")), str(name)


def _is_managed(item: Mapping[str, Any]) -> bool:
    """Its labels say that a controller, an operator or a platform keeps it: owners do not reach over namespaces."""
    labels = _map(_map(item.get("metadata")).get("labels"))
    if any(one in labels for one in _KEPT_FOR):
        return True
    return str(labels.get(_SLICE_MANAGER, "")).endswith(".k8s.io") or str(labels.get(_MANAGER, "")).endswith(_OPERATORS)


def _tidied(item: Mapping[str, Any], identity: GroupKind, node_ports: Collection[str] | None) -> dict[str, Any]:
    """The object as somebody would write it, with its status last."""
    tidy = dict(item)
    metadata = {name: value for name, value in _map(item.get("metadata")).items() if name not in _KEPT}
    annotations = {name: value for name, value in _map(metadata.get("annotations")).items() if name != _LAST_APPLIED}
    metadata["annotations"] = {name: value for name, value in annotations.items() if name not in _REVISIONS}
    if not metadata["annotations"]:
        del metadata["annotations"]
    status = tidy.pop("status", None)
    without_defaults(tidy, node_ports)
    head: dict[str, Any] = {name: tidy.pop(name) for name in ("apiVersion", "kind") if name in tidy}
    tidy.pop("metadata", None)
    # That of pods is long, and says no more than their Service's EndpointSlices.
    ending = {"status": status} if status and identity != _POD else {}
    return {**head, "metadata": dict(_named_first(metadata)), **tidy, **ending}


def _named_first(metadata: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    first = ("name", "namespace")
    yield from ((name, metadata[name]) for name in first if name in metadata)
    yield from ((name, value) for name, value in metadata.items() if name not in first)


def _map(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}

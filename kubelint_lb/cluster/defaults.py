"""Objects less what the API server and controllers filled in: nobody wrote it, so nobody is to be told of it.

A field that has the default's value means what its absence means; who did write it loses nothing. What admission adds otherwise
(an ingress class, a load balancer class, an address) is kept: that is a fact of the cluster.

Sources: `kube.defaults`; `pkg/registry/core/service/strategy.go`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

from kubelint_lb.kube.defaults import (
    BACKEND,
    CONTAINER,
    EXTERNAL,
    INTERNAL,
    LOAD_BALANCER,
    MATCH,
    PARENT,
    POD,
    PORT,
    SERVICE,
    WEIGHT,
    maps,
)

_Data: TypeAlias = "dict[str, Any]"

_SERVICE = {
    **SERVICE,
    **INTERNAL,
    **EXTERNAL,
    **LOAD_BALANCER,
    "ipFamilyPolicy": "SingleStack",
    "publishNotReadyAddresses": False,
}
# Allocated, or worked out of what is allocated.
_ALLOCATED = ("clusterIP", "clusterIPs", "healthCheckNodePort")
# Argo Rollouts adds it to the selectors of the Services that it steers, for as long as it does.
_ROLLOUT = "rollouts-pod-template-hash"
_AFFINITY = {"clientIP": {"timeoutSeconds": 10800}}
_POD = {**POD, "preemptionPolicy": "PreemptLowerPriority", "priority": 0}
_PROBE = {"timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3}
_PROBES = ("readinessProbe", "livenessProbe", "startupProbe")
_ROLLING = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}}
_WORKLOADS: Mapping[str, _Data] = {
    "Deployment": {"strategy": _ROLLING, "revisionHistoryLimit": 10, "progressDeadlineSeconds": 600},
    "StatefulSet": {
        "podManagementPolicy": "OrderedReady",
        "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 0}},
        "revisionHistoryLimit": 10,
        "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Retain"},
    },
    "DaemonSet": {
        "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}},
        "revisionHistoryLimit": 10,
    },
}
_ROUTES = ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute")
_TEMPLATES = (*_WORKLOADS, "ReplicaSet", "ReplicationController", "Job")


def without_defaults(item: _Data, node_ports: Collection[str] | None = None) -> None:
    """Takes out of an object what the API server says of itself in such a one. Of node ports nobody can tell which it
    allocated: all stay, or only those that are known to have been asked for."""
    kind, spec = item.get("kind"), item.get("spec")
    if not isinstance(spec, dict):
        return
    if kind == "Service":
        _service(spec, node_ports)
    elif kind == "Pod":
        _pod(spec)
    elif kind in _TEMPLATES:
        _drop(spec, _WORKLOADS.get(str(kind), {}))
        _template(spec)
    elif kind == "CronJob":
        _template(_map(_map(spec.get("jobTemplate")).get("spec")))
    elif kind in _ROUTES:
        _route(str(kind), spec)
    elif kind in {"Gateway", "ListenerSet", "XListenerSet"}:
        _gateway(spec)
    elif kind == "NetworkPolicy":
        for way in ("ingress", "egress"):
            for rule in maps(spec.get(way)):
                _protocols(rule.get("ports"))


def _service(spec: _Data, node_ports: Collection[str] | None) -> None:
    if spec.get("clusterIP") == "None":  # headless is no default
        spec.pop("clusterIPs", None)
    else:
        for name in _ALLOCATED:
            spec.pop(name, None)
    if spec.get("ipFamilyPolicy") == "SingleStack":  # the family is the cluster's, unless one is asked for: nobody can tell
        spec.pop("ipFamilies", None)
    if spec.get("sessionAffinityConfig") == _AFFINITY:
        del spec["sessionAffinityConfig"]
    _drop(spec, _SERVICE)
    _map(spec.get("selector")).pop(_ROLLOUT, None)
    for port in maps(spec.get("ports")):
        _drop(port, PORT)
        if node_ports is not None and str(port.get("nodePort")) not in node_ports:
            port.pop("nodePort", None)
        if port.get("targetPort") == port.get("port"):
            port.pop("targetPort", None)


def _template(spec: _Data) -> None:
    template = _map(spec.get("template"))
    metadata = _map(template.get("metadata"))
    metadata.pop("creationTimestamp", None)
    _pod(_map(template.get("spec")))


def _pod(spec: _Data) -> None:
    _drop(spec, _POD)
    if spec.get("serviceAccount") == spec.get("serviceAccountName"):  # the old name of it, kept in step
        spec.pop("serviceAccount", None)
    for field in ("containers", "initContainers"):
        for container in maps(spec.get(field)):
            _drop(container, CONTAINER)
            _protocols(container.get("ports"))
            for name in _PROBES:
                probe = _map(container.get(name))
                _drop(probe, _PROBE)
                _drop(_map(probe.get("httpGet")), {"scheme": "HTTP"})
                _drop(_map(probe.get("grpc")), {"service": ""})


def _route(kind: str, spec: _Data) -> None:
    for parent in maps(spec.get("parentRefs")):
        _drop(parent, PARENT)
    for rule in maps(spec.get("rules")):
        if kind == "HTTPRoute" and rule.get("matches") == [MATCH]:
            del rule["matches"]
        for match in maps(rule.get("matches")):
            _match(match)
        _backends(rule.get("backendRefs"))
        for one in maps(rule.get("filters")):
            _drop(_map(_map(one.get("requestMirror")).get("backendRef")), BACKEND)
            _drop(_map(one.get("requestRedirect")), {"statusCode": 302})


def _match(match: _Data) -> None:
    if match.get("path") == MATCH["path"] and len(match) > 1:
        del match["path"]
    for name in ("headers", "queryParams"):
        for one in maps(match.get(name)):
            _drop(one, {"type": "Exact"})
    _drop(_map(match.get("method")), {"type": "Exact"})


def _backends(value: object) -> None:
    backends = list(maps(value))
    # A weight beside others that are not 1 is a share, whoever wrote it.
    alike = all(one.get("weight", 1) == 1 for one in backends)
    for one in backends:
        _drop(one, {**BACKEND, **WEIGHT} if alike else BACKEND)


def _gateway(spec: _Data) -> None:
    _drop(_map(spec.get("parentRef")), PARENT)
    for listener in maps(spec.get("listeners")):
        if listener.get("allowedRoutes") == {"namespaces": {"from": "Same"}}:
            del listener["allowedRoutes"]
        tls = _map(listener.get("tls"))
        _drop(tls, {"mode": "Terminate"})
        for reference in maps(tls.get("certificateRefs")):
            _drop(reference, {"group": "", "kind": "Secret"})


def _protocols(ports: object) -> None:
    for port in maps(ports):
        _drop(port, PORT)


def _drop(data: _Data, defaults: Mapping[str, Any]) -> None:
    for name, value in defaults.items():
        if name in data and data[name] == value and type(data[name]) is type(value):
            del data[name]


def _map(value: object) -> _Data:
    return value if isinstance(value, dict) else {}

"""Objects as admission sees them: with the fields that the API server fills in before it asks anybody.

Source: kubernetes v1.34 `pkg/apis/{core,apps,networking}/v1/defaults.go`; the Gateway API's CRDs.
Fields whose default depends on the cluster (addresses, node ports, service accounts) are not filled in.
"""

from __future__ import annotations

from typing import Any

from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.source.node import to_python

_POD = {
    "restartPolicy": "Always",
    "terminationGracePeriodSeconds": 30,
    "dnsPolicy": "ClusterFirst",
    "securityContext": {},
    "schedulerName": "default-scheduler",
    "enableServiceLinks": True,
}
_CONTAINER = {"resources": {}, "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File"}
_SERVICE = {"type": "ClusterIP", "sessionAffinity": "None"}
_TEMPLATES = {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"}


def admitted(manifest: Manifest) -> dict[str, Any]:
    """The object as plain data, defaults filled in; its namespace is `default` where it has none and is of a namespaced kind."""
    found = to_python(manifest.node)
    data: dict[str, Any] = found if isinstance(found, dict) else {}
    spec = data.get("spec")
    if not isinstance(spec, dict):
        return data
    if manifest.kind == "Service":
        _service(spec)
    elif manifest.kind in _TEMPLATES:
        if manifest.kind in {"Deployment", "StatefulSet", "ReplicaSet"}:
            spec.setdefault("replicas", 1)
        template = spec.get("template")
        if isinstance(template, dict) and isinstance(template.get("spec"), dict):
            _pod(template["spec"])
    elif manifest.kind == "Pod":
        _pod(spec)
    elif manifest.kind == "HTTPRoute":
        _route(spec)
    return data


def _fill(data: dict[str, Any], defaults: dict[str, Any]) -> None:
    for name, value in defaults.items():
        if data.get(name) is None:
            data[name] = dict(value) if isinstance(value, dict) else value


def _service(spec: dict[str, Any]) -> None:
    _fill(spec, _SERVICE)
    if spec["type"] != "ExternalName":
        _fill(spec, {"internalTrafficPolicy": "Cluster"})
    if spec["type"] in {"NodePort", "LoadBalancer"}:
        _fill(spec, {"externalTrafficPolicy": "Cluster"})
    if spec["type"] == "LoadBalancer":
        _fill(spec, {"allocateLoadBalancerNodePorts": True})
    for port in _maps(spec.get("ports")):
        _fill(port, {"protocol": "TCP", "targetPort": port.get("port")})


def _pod(spec: dict[str, Any]) -> None:
    _fill(spec, _POD)
    for field in ("containers", "initContainers"):
        for container in _maps(spec.get(field)):
            _fill(container, _CONTAINER)
            tag = str(container.get("image", "")).rpartition("/")[2]
            latest = "@" not in tag and (":" not in tag or tag.endswith(":latest"))
            _fill(container, {"imagePullPolicy": "Always" if latest else "IfNotPresent"})
            for port in _maps(container.get("ports")):
                _fill(port, {"protocol": "TCP"})


def _route(spec: dict[str, Any]) -> None:
    for parent in _maps(spec.get("parentRefs")):
        _fill(parent, {"group": "gateway.networking.k8s.io", "kind": "Gateway"})
    for rule in _maps(spec.get("rules")):
        rule.setdefault("matches", [{"path": {"type": "PathPrefix", "value": "/"}}])
        for match in _maps(rule["matches"]):
            _fill(match, {"path": {"type": "PathPrefix", "value": "/"}})
        for backend in _maps(rule.get("backendRefs")):
            _fill(backend, {"group": "", "kind": "Service", "weight": 1})


def _maps(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []

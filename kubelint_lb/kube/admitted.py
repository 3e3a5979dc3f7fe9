"""Objects as admission sees them: with the fields that the API server fills in before it asks anybody.

Fields whose default depends on the cluster (addresses, node ports, service accounts) are not filled in.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

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
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.source.node import to_python

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
    _fill(spec, SERVICE)
    if spec["type"] != "ExternalName":
        _fill(spec, INTERNAL)
    if spec["type"] in {"NodePort", "LoadBalancer"}:
        _fill(spec, EXTERNAL)
    if spec["type"] == "LoadBalancer":
        _fill(spec, LOAD_BALANCER)
    for port in maps(spec.get("ports")):
        _fill(port, {**PORT, "targetPort": port.get("port")})


def _pod(spec: dict[str, Any]) -> None:
    _fill(spec, POD)
    for field in ("containers", "initContainers"):
        for container in maps(spec.get(field)):
            _fill(container, CONTAINER)
            tag = str(container.get("image", "")).rpartition("/")[2]
            latest = "@" not in tag and (":" not in tag or tag.endswith(":latest"))
            _fill(container, {"imagePullPolicy": "Always" if latest else "IfNotPresent"})
            for port in maps(container.get("ports")):
                _fill(port, PORT)


def _route(spec: dict[str, Any]) -> None:
    for parent in maps(spec.get("parentRefs")):
        _fill(parent, PARENT)
    for rule in maps(spec.get("rules")):
        rule.setdefault("matches", [deepcopy(MATCH)])
        for match in maps(rule["matches"]):
            _fill(match, MATCH)
        for backend in maps(rule.get("backendRefs")):
            _fill(backend, {**BACKEND, **WEIGHT})

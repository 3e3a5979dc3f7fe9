"""Containers: probes, variables, resources.

Source: kubernetes `pkg/apis/core/validation/validation.go` validateContainers, validateProbe, validateEnv,
ValidateContainerResourceRequirements.
"""

from __future__ import annotations

from kubelint_lb.kube.validation.findings import Findings
from kubelint_lb.kube.validation.plain import OPEN, Path, Plain, fields, listed, maps
from kubelint_lb.kube.validation.quantities import quantity
from kubelint_lb.source.node import Mapping

_TRIGGERS = "image.openshift.io/triggers"
_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc", "sleep")
_SOURCES = ("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef")
_FIELDS = frozenset(
    {
        "metadata.name", "metadata.namespace", "metadata.uid", "metadata.labels", "metadata.annotations", "spec.nodeName",
        "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs", "spec.restartPolicy",
        "spec.schedulerName", "status.phase",
    }
)  # fmt: skip


def container(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """Ports and mounts that are apart from each other."""
    _image(plain.get("image"), (*path, "image"), found)
    names: set[str] = set()
    for index, port in maps(plain.get("ports")):
        name = port.get("name")
        if isinstance(name, str) and name:
            if name in names:
                found.duplicate((*path, "ports", index, "name"), name)
            names.add(name)
    paths: set[str] = set()
    for index, mount in maps(plain.get("volumeMounts")):
        at = mount.get("mountPath")
        if isinstance(at, str) and at:
            if at in paths:
                found.duplicate((*path, "volumeMounts", index, "mountPath"), at)
            paths.add(at)
    if fields(plain.get("livenessProbe")).get("successThreshold", 1) not in (0, 1, OPEN):
        found.conflict((*path, "livenessProbe", "successThreshold"), "1 for a liveness probe")
    if fields(plain.get("startupProbe")).get("successThreshold", 1) not in (0, 1, OPEN):
        found.conflict((*path, "startupProbe", "successThreshold"), "1 for a startup probe")


def _image(image: Plain, path: Path, found: Findings) -> None:
    """There and without white space around; but OpenShift's triggers write it before the object is validated."""
    annotations = found.root.get("metadata", "annotations")
    if isinstance(annotations, Mapping) and annotations.get(_TRIGGERS) is not None:
        return
    if image in (None, ""):
        found.required(path)
    elif isinstance(image, str) and image != image.strip():
        found.value(path, "an image without white space around it")


def probe(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """One way to ask."""
    handler(plain, path, found)


def handler(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """One of exec, httpGet, tcpSocket, grpc and sleep."""
    named = [name for name in _HANDLERS if plain.get(name) is not None]
    if not named:
        found.required(
            path,
            "exec, httpGet, tcpSocket or grpc" if "preStop" not in path and "postStart" not in path else "exec, httpGet or sleep",
        )
    for name in named[1:]:
        found.conflict((*path, name), "one handler alone")


def variable(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A value or one source of it."""
    source = plain.get("valueFrom")
    if source is None or source is OPEN:
        return
    at = (*path, "valueFrom")
    named = [name for name in _SOURCES if source.get(name) is not None]
    if plain.get("value") not in (None, "", OPEN):
        found.conflict(at, "either a value or a source of it")
    elif not named:
        found.conflict(at, f"one of {', '.join(_SOURCES[:3])} and secretKeyRef")
    elif len(named) > 1:
        found.conflict(at, "one source alone")
    place = fields(source.get("fieldRef")).get("fieldPath")
    if isinstance(place, str) and place and "[" not in place and place not in _FIELDS:
        found.value((*at, "fieldRef", "fieldPath"), "a field that a variable may have, such as status.podIP")


def variables(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A ConfigMap or a Secret."""
    named = [name for name in ("configMapRef", "secretRef") if plain.get(name) is not None]
    if len(named) != 1:
        found.conflict(path, "either a configMapRef or a secretRef")


def resources(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """No more is requested than the limit allows."""
    limits = fields(plain.get("limits"))
    for name, asked in fields(plain.get("requests")).items():
        most = quantity(limits.get(name))
        least = quantity(asked)
        if most is None or least is None:
            continue
        if least > most:
            found.conflict((*path, "requests", name), f"the limit of {limits[name]} at the most")
        elif least != most and "/" in name and "kubernetes.io/" not in name:
            found.conflict((*path, "requests", name), f"the limit of {limits[name]}: the resource is not shared")


def security(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """What contradicts itself."""
    if plain.get("allowPrivilegeEscalation") is False:
        if plain.get("privileged") is True:
            found.conflict(path, "no privileged container where allowPrivilegeEscalation is false")
        elif "CAP_SYS_ADMIN" in listed(fields(plain.get("capabilities")).get("add")):
            found.conflict(path, "no CAP_SYS_ADMIN where allowPrivilegeEscalation is false")

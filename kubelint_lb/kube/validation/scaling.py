"""Disruption budgets and autoscalers.

Source: kubernetes `pkg/apis/policy/validation/validation.go`, `pkg/apis/autoscaling/validation/validation.go`.
"""

from __future__ import annotations

from kubelint_lb.kube.validation.findings import Findings
from kubelint_lb.kube.validation.plain import OPEN, Path, Plain, fields, maps, number

_SOURCES = {
    "Object": "object",
    "Pods": "pods",
    "Resource": "resource",
    "External": "external",
    "ContainerResource": "containerResource",
}
# The first version that scales to zero by default.
_TO_ZERO = 37


def budget(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """One of two bounds."""
    if plain.get("minAvailable") is not None and plain.get("maxUnavailable") is not None:
        found.conflict(path, "either minAvailable or maxUnavailable")


def autoscaler(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """The bounds of an autoscaler, and what it scales."""
    least, most = number(plain.get("minReplicas")), number(plain.get("maxReplicas"))
    metrics = plain.get("metrics")
    if least is not None and (least < 0 or (least == 0 and found.servers.before(_TO_ZERO))):
        found.value((*path, "minReplicas"), "1 at the least")
    elif (
        least == 0
        and metrics is not OPEN
        and not any(one.get("type") in {"Object", "External", OPEN} for _, one in maps(metrics))
    ):
        found.conflict((*path, "metrics"), "an Object or External metric where minReplicas is 0")
    elif least is not None and most is not None and least > most > 0:
        found.conflict((*path, "maxReplicas"), f"at least minReplicas, which is {least}")
    target = fields(plain.get("scaleTargetRef"))
    version = target.get("apiVersion")
    if isinstance(version, str) and version and "/" not in version and target.get("kind") != "ReplicationController":
        found.value((*path, "scaleTargetRef", "apiVersion"), "an API group, `/` and a version")


def behavior(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """Policies that are named are there."""
    if plain.get("policies") == []:
        found.required((*path, "policies"))


def metric(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A metric has the source that its type names, and no other."""
    written = plain.get("type")
    source = _SOURCES.get(written) if isinstance(written, str) else None
    if source is None:
        return
    if plain.get(source) is None:
        found.required((*path, source))
        return
    for name in _SOURCES.values():
        if name != source and plain.get(name) is not None:
            found.conflict((*path, name), f"{source} alone for a metric of type {plain['type']}")
    target = fields(plain[source]).get("target")
    if isinstance(target, dict):
        _target(source, target, (*path, source, "target"), found)


def _target(source: str, target: dict[str, Plain], path: Path, found: Findings) -> None:
    value, average, share = (target.get(name) for name in ("value", "averageValue", "averageUtilization"))
    if source == "pods":
        if average is None:
            found.required((*path, "averageValue"))
    elif source in {"object", "external"}:
        if value is None and average is None:
            found.required((*path, "averageValue"), "a value or an averageValue")
        elif source == "external" and value is not None and average is not None:
            found.conflict((*path, "value"), "either a value or an averageValue")
    elif share is None and average is None:
        found.required((*path, "averageUtilization"), "an averageUtilization or an averageValue")
    elif share is not None and average is not None:
        found.conflict((*path, "averageValue"), "either an averageUtilization or an averageValue")

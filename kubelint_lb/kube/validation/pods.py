"""Pods: names and ports that are apart, volumes that are there, where pods are placed.

Source: kubernetes `pkg/apis/core/validation/validation.go` ValidatePodSpec.
"""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.kube.validation.findings import Findings
from kubelint_lb.kube.validation.plain import OPEN, Path, Plain, listed, maps, number, word

_NOT_SOURCES = frozenset({"name"})


def pod(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A Pod says what it runs."""
    if plain.get("spec") is None:
        found.required(("spec", "containers"))
    del path


def spec(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A pod's spec, or a template's."""
    _names(plain, path, found)
    _host_ports(plain, path, found)
    _ports_twice(plain, path, found)
    _mounts(plain, path, found)
    _resolver(plain, path, found)
    constraints = list(maps(plain.get("topologySpreadConstraints")))
    for index, one in constraints:
        pair = (one.get("topologyKey"), one.get("whenUnsatisfiable"))
        later = [(other.get("topologyKey"), other.get("whenUnsatisfiable")) for _, other in constraints[index + 1 :]]
        if OPEN not in pair and None not in pair and pair in later:
            found.duplicate((*path, "topologySpreadConstraints", index, "topologyKey"), ", ".join(map(str, pair)))
    if plain.get("hostPID") is True and plain.get("shareProcessNamespace") is True:
        found.conflict((*path, "shareProcessNamespace"), "either hostPID or shareProcessNamespace")


def _containers(plain: dict[str, Plain]) -> Iterator[tuple[str, int, dict[str, Plain]]]:
    for field in ("initContainers", "containers"):
        for index, one in maps(plain.get(field)):
            yield field, index, one


def _names(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    names: set[str] = set()
    for field, index, one in _containers(plain):
        name = one.get("name")
        if isinstance(name, str) and name:
            if name in names:
                found.duplicate((*path, field, index, "name"), name)
            names.add(name)
        if field == "initContainers" and one.get("restartPolicy") is None:
            for probe in ("livenessProbe", "readinessProbe", "startupProbe", "lifecycle"):
                if one.get(probe) is not None:
                    found.conflict(
                        (*path, field, index, probe), "no probes and hooks for a container that runs before the others"
                    )
    volumes: set[str] = set()
    for index, volume in maps(plain.get("volumes")):
        name = volume.get("name")
        if isinstance(name, str) and name:
            if name in volumes:
                found.duplicate((*path, "volumes", index, "name"), name)
            volumes.add(name)


def _host_ports(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    taken: set[tuple[str, str, int]] = set()
    for field, index, one in _containers(plain):
        for place, port in maps(one.get("ports")):
            at = (*path, field, index, "ports", place, "hostPort")
            host, own = number(port.get("hostPort")), number(port.get("containerPort"))
            if not host:
                continue
            if plain.get("hostNetwork") is True and own and host != own:
                found.conflict(at, f"the containerPort {own} where hostNetwork is true")
            protocol, address = word(port.get("protocol"), "TCP"), word(port.get("hostIP"))
            if protocol is None or address is None or field == "initContainers":
                continue
            if (protocol, address, host) in taken:
                found.duplicate(at, f"{protocol} {host}")
            taken.add((protocol, address, host))


def _ports_twice(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """warningsForPodSpecAndMeta (kubernetes `pkg/api/pod/warnings.go`): a port that the pod's containers have already."""
    seen: set[tuple[Plain, ...]] = set()
    for index, one in maps(plain.get("containers")):
        for position, port in maps(one.get("ports")):
            parts = (
                port.get("containerPort"),
                port.get("protocol") or "TCP",
                port.get("hostPort") or 0,
                port.get("hostIP") or "",
            )
            if OPEN in parts or parts[0] is None:
                continue
            if parts in seen:
                place = (*path, "containers", index, "ports", position)
                found.warning(place, f"the pod's containers have port {parts[0]} ({parts[1]}) already")
            seen.add(parts)


def _mounts(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """Every mount is of a volume that is there; a StatefulSet's claims are volumes, too."""
    if plain.get("volumes") is OPEN or OPEN in listed(plain.get("volumes")):
        return
    known = {volume.get("name") for _, volume in maps(plain.get("volumes"))} | found.claims
    if OPEN in known:
        return
    for field, index, one in _containers(plain):
        for place, mount in maps(one.get("volumeMounts")):
            name = mount.get("name")
            if isinstance(name, str) and name and name not in known:
                found.conflict((*path, field, index, "volumeMounts", place, "name"), "the name of a volume of the pod")


def _resolver(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    if plain.get("dnsPolicy") != "None" or plain.get("dnsConfig") is OPEN:
        return
    config = plain.get("dnsConfig")
    if config is None:
        found.required((*path, "dnsConfig"))
    elif config.get("nameservers") in (None, []):
        found.required((*path, "dnsConfig", "nameservers"))


def volume(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """One source; without one, an empty folder."""
    sources = [name for name, value in plain.items() if name not in _NOT_SOURCES and value is not None]
    for name in sources[1:]:
        found.conflict((*path, name), "one source alone for a volume")


def toleration(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """An operator takes a value or not; seconds are of NoExecute."""
    operator = word(plain.get("operator"), "Equal")
    if plain.get("key") in (None, "") and operator not in {"Exists", None}:
        found.conflict((*path, "operator"), "Exists where there is no key")
    elif operator == "Exists" and plain.get("value") not in (None, "", OPEN):
        found.conflict((*path, "operator"), "no value where the operator is Exists")
    elif operator == "Equal" and isinstance(plain.get("value"), str):
        from kubelint_lb.kube.validation.formats import label_value

        words = label_value(plain["value"])
        if words is not None:
            found.value((*path, "operator"), words)
    if plain.get("tolerationSeconds") is not None and plain.get("effect") not in ("NoExecute", OPEN):
        found.conflict((*path, "effect"), "NoExecute where tolerationSeconds is set")


def spread(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A number of domains goes with DoNotSchedule."""
    if plain.get("minDomains") is not None and plain.get("whenUnsatisfiable") == "ScheduleAnyway":
        found.conflict((*path, "minDomains"), "no minDomains where whenUnsatisfiable is ScheduleAnyway")


def affinity_term(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """warningsForPodAffinityTerms (kubernetes `pkg/api/pod/warnings.go`)."""
    if plain.get("labelSelector") is None and found.settled:
        found.warning((*path, "labelSelector"), "without it no pod matches")

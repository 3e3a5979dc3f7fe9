"""Pod templates: containers, ports, and what keeps pods apart."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from kubelint_lb.kube.labels import LabelSelector, label_selector
from kubelint_lb.kube.values import boolean, integer, items, mappings, name_text, present, string_map, text
from kubelint_lb.source.node import Mapping, Node

HOSTNAME_KEY = "kubernetes.io/hostname"


class ContainerPort(NamedTuple):
    """One entry of a container's `ports`."""

    node: Mapping
    name: str
    number: int | None
    protocol: str
    host_port: int | None


class Container:
    """A container of a pod; `serving`: it runs beside the others (an init container only as a native sidecar)."""

    def __init__(self, node: Mapping, *, serving: bool) -> None:
        self.node = node
        self.name = name_text(node.get("name")) or ""
        self.serving = serving

    @cached_property
    def ports(self) -> tuple[ContainerPort, ...]:
        """Declared ports: information only, a process may listen on others."""
        return tuple(
            ContainerPort(
                entry,
                name_text(entry.get("name")) or "",
                integer(entry.get("containerPort")),
                text(entry.get("protocol")) or "TCP",
                integer(entry.get("hostPort")),
            )
            for entry in mappings(self.node.get("ports"))
        )

    def probe(self, kind: str) -> Mapping | None:
        """Its `readinessProbe`, `livenessProbe` or `startupProbe`."""
        found = self.node.get(kind)
        return found if isinstance(found, Mapping) else None

    @property
    def pre_stop(self) -> Mapping | None:
        """What it does before it is told to end."""
        found = self.node.get("lifecycle", "preStop")
        return found if isinstance(found, Mapping) else None


class SpreadConstraint(NamedTuple):
    """One entry of `topologySpreadConstraints`. A null label selector matches no pod, an absent one neither."""

    node: Mapping
    topology_key: str
    hard: bool
    selector: LabelSelector | None
    match_label_keys: tuple[str, ...]

    def counts(self, labels: dict[str, str]) -> bool | None:
        """Whether pods with these labels are counted; None where a placeholder decides.

        Each of `matchLabelKeys` that the pods carry adds its own value, so it never excludes them (KEP-3243).
        """
        if self.selector is None:
            return False
        return self.selector.matches(labels)


class AntiAffinityTerm(NamedTuple):
    """One term of podAntiAffinity; `hard`: required, else preferred."""

    node: Mapping
    topology_key: str
    hard: bool
    selector: LabelSelector | None
    elsewhere: bool

    def counts(self, labels: dict[str, str]) -> bool | None:
        """Whether the term keeps pods with these labels apart; None where that is not known."""
        if self.elsewhere:
            return None
        return False if self.selector is None else self.selector.matches(labels)


class PodTemplate:
    """A pod template, or a bare Pod itself."""

    def __init__(self, node: Mapping) -> None:
        self.node = node
        spec = node.get("spec")
        self.spec: Mapping | None = spec if isinstance(spec, Mapping) else None

    @cached_property
    def labels(self) -> dict[str, str]:
        """The labels the pods get."""
        return string_map(self.node.get("metadata", "labels"))

    def labels_node(self) -> Node:
        """Where the pods' labels stand, else the template."""
        metadata = self.node.get("metadata")
        found = metadata.key("labels") if isinstance(metadata, Mapping) else None
        return found or self.node

    @cached_property
    def containers(self) -> tuple[Container, ...]:
        """Containers and init containers, those that serve first."""
        if self.spec is None:
            return ()
        main = [Container(node, serving=True) for node in mappings(self.spec.get("containers"))]
        init = [
            Container(node, serving=text(node.get("restartPolicy")) == "Always")
            for node in mappings(self.spec.get("initContainers"))
        ]
        return (*main, *sorted(init, key=lambda container: not container.serving))

    @cached_property
    def ports(self) -> tuple[ContainerPort, ...]:
        """The declared ports of containers and native sidecars, in the order in which names are looked up.

        Source: kubernetes staging endpointslice `findPort`.
        """
        return tuple(port for container in self.containers if container.serving for port in container.ports)

    @property
    def host_network(self) -> bool:
        """`hostNetwork: true`."""
        return self.spec is not None and boolean(self.spec.get("hostNetwork")) is True

    @property
    def cannot_share_node(self) -> bool:
        """Two such pods never fit on one node: a host port, or the host network with declared ports."""
        if any(port.host_port for port in self.ports):
            return True
        return self.host_network and bool(self.ports)

    @cached_property
    def spread_constraints(self) -> tuple[SpreadConstraint, ...]:
        """`topologySpreadConstraints`."""
        if self.spec is None:
            return ()
        return tuple(
            SpreadConstraint(
                entry,
                text(entry.get("topologyKey")) or "",
                text(entry.get("whenUnsatisfiable")) != "ScheduleAnyway",
                label_selector(entry.get("labelSelector")),
                tuple(filter(None, map(name_text, items(entry.get("matchLabelKeys"))))),
            )
            for entry in mappings(self.spec.get("topologySpreadConstraints"))
        )

    @cached_property
    def anti_affinity(self) -> tuple[AntiAffinityTerm, ...]:
        """The terms of `affinity.podAntiAffinity`, required ones first."""
        if self.spec is None:
            return ()
        base = self.spec.get("affinity", "podAntiAffinity")
        if not isinstance(base, Mapping):
            return ()
        required = mappings(base.get("requiredDuringSchedulingIgnoredDuringExecution"))
        preferred = mappings(base.get("preferredDuringSchedulingIgnoredDuringExecution"))
        terms = [_term(entry, hard=True) for entry in required]
        terms += [_term(term, hard=False) for entry in preferred if isinstance(term := entry.get("podAffinityTerm"), Mapping)]
        return tuple(terms)


def _term(node: Mapping, *, hard: bool) -> AntiAffinityTerm:
    elsewhere = bool(items(node.get("namespaces"))) or present(node.get("namespaceSelector")) is not None
    return AntiAffinityTerm(node, text(node.get("topologyKey")) or "", hard, label_selector(node.get("labelSelector")), elsewhere)

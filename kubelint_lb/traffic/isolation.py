"""What the NetworkPolicies of a unit let in to the pods of a workload.

Source: kubernetes `networking/v1` types: pods that some policy selects for Ingress are isolated, and what the union of
those policies allows is let in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.kube.labels import LabelSelector, label_selector
from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.values import integer, items, mappings, name_text, present, text
from kubelint_lb.kube.view import View
from kubelint_lb.kube.workload import Workload
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.placeholder import is_filled_in, is_open
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.pod_labels import PodLabels

# Policies of other tools, which may let in more.
_OTHERS = frozenset(
    {"CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy",
     "GlobalNetworkPolicy", "AuthorizationPolicy", "ClusterNetworkPolicy"}
)  # fmt: skip


class AllowedPort(NamedTuple):
    """A port that a rule allows: a number (up to `last`), the name of a container's, or None for all."""

    policy: View
    node: Node | None
    port: int | str | None
    last: int | None
    protocol: str
    open: bool = False


class AllowedSource(NamedTuple):
    """Somebody whom a rule lets in. `lets_others_in`: pods or addresses outside of the policy's namespace; `pods` is the selector
    of pods of its own namespace, `node` its key."""

    policy: View
    lets_others_in: bool | None
    pods: Mapping | None = None
    node: Node | None = None


class Isolation(NamedTuple):
    """The policies that isolate pods, and all that they let in."""

    policies: tuple[View, ...]
    ports: tuple[AllowedPort, ...]
    sources: tuple[AllowedSource, ...]

    @property
    def is_meant(self) -> bool:
        """Some policy is for these very pods, by their labels: beside one for a whole namespace there are others somewhere."""
        selectors = (label_selector(one.at("spec", "podSelector")) for one in self.policies)
        return any(one is not None and bool(one.pairs) for one in selectors)


class Isolations:
    """The policies of a unit, by whose pods they are for."""

    def __init__(self, unit: Objects) -> None:
        self._unit = unit
        # The policies for ingress whose pods surely have some labels, by workload; and those of which more has to be asked.
        self._for: dict[int, list[View]] = defaultdict(list)
        self._asking: list[tuple[View, LabelSelector | None]] = []
        pods = unit.of(PodLabels)
        for policy in unit.all("NetworkPolicy"):
            selector = label_selector(policy.at("spec", "podSelector"))
            if not _is_for_ingress(policy):
                continue
            pairs = dict(selector.pairs) if selector is not None else {}
            settled = selector is not None and not selector.requirements and not any(map(is_open, pairs.values()))
            if pairs and settled and not pods.templated:
                for workload in pods.matching(pairs):
                    self._for[id(workload)].append(policy)
            else:
                self._asking.append((policy, selector))
        kinds = {*(one.identity.kind for one in unit.manifests), *(one.identity.kind for one in unit.stubs)}
        self._others = not kinds.isdisjoint(_OTHERS)

    def of_workload(self, workload: Workload) -> Isolation | None:
        """What is let in to a workload's pods; None where no policy isolates them, or not all is known of it."""
        if self._others:
            return None
        found = [one for one in self._for.get(id(workload), ()) if compatible(one.namespace, workload.namespace)]
        for policy, selector in self._asking:
            if not compatible(policy.namespace, workload.namespace):
                continue
            answer = selector.matches(workload.pod_labels) if selector is not None else True
            if answer is None:
                return None
            if answer:
                found.append(policy)
        if not found or not all(one.settled and self._lands_with(one, workload) for one in found):
            return None
        ports = tuple(one for policy in found for one in _ports(policy))
        return Isolation(tuple(found), ports, tuple(one for policy in found for one in _sources(policy)))

    def _lands_with(self, policy: View, workload: Workload) -> bool:
        return self._unit.whole or self._unit.lands_with(policy.manifest, workload.manifest)


def _is_for_ingress(policy: View) -> bool:
    written = policy.at("spec", "policyTypes")
    return written is None or any(text(one) == "Ingress" for one in items(written))


def _ports(policy: View) -> Iterator[AllowedPort]:
    for rule in mappings(policy.at("spec", "ingress")):
        entries = list(mappings(rule.get("ports")))
        if not entries:
            for protocol in ("TCP", "UDP", "SCTP"):
                yield AllowedPort(policy, None, None, None, protocol)
        for entry in entries:
            node = present(entry.get("port"))
            written = integer(node)
            name = name_text(node) if written is None else None
            protocol = text(entry.get("protocol")) or "TCP"
            filled_in = is_filled_in(name or "") or is_filled_in(protocol)
            yield AllowedPort(policy, node, written if name is None else name, integer(entry.get("endPort")), protocol, filled_in)


def _sources(policy: View) -> Iterator[AllowedSource]:
    for rule in mappings(policy.at("spec", "ingress")):
        peers = list(mappings(rule.get("from")))
        if not peers:
            yield AllowedSource(policy, lets_others_in=True)
        for peer in peers:
            pods = peer.get("podSelector")
            outside = "namespaceSelector" in peer.entries or "ipBlock" in peer.entries
            own = pods if not outside and isinstance(pods, Mapping) else None
            yield AllowedSource(policy, outside, own, peer.key("podSelector"))

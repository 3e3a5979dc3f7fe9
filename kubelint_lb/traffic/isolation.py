"""What the NetworkPolicies of a unit let in to the pods of a workload.

Source: kubernetes `networking/v1` types: pods that some policy selects for Ingress are isolated, and what the union of
those policies allows is let in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.kube.labels import label_selector
from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.values import integer, items, mappings, name_text, present, text
from kubelint_lb.kube.view import View
from kubelint_lb.kube.workload import Workload
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.placeholder import is_filled_in
from kubelint_lb.traffic.objects import Objects

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
        self._policies = list(unit.all("NetworkPolicy"))
        kinds = {*(one.identity.kind for one in unit.manifests), *(one.identity.kind for one in unit.stubs)}
        self._others = not kinds.isdisjoint(_OTHERS)

    def of_workload(self, workload: Workload) -> Isolation | None:
        """What is let in to a workload's pods; None where no policy isolates them, or not all is known of it."""
        if self._others or not self._policies:
            return None
        found = []
        for policy in self._policies:
            if not compatible(policy.namespace, workload.namespace) or not _is_for_ingress(policy):
                continue
            selector = label_selector(policy.at("spec", "podSelector"))
            answer = selector.matches(workload.pod_labels) if selector is not None else True
            together = self._unit.whole or self._unit.lands_with(policy.manifest, workload.manifest)
            if answer is None or not policy.settled or (answer and not together):
                return None
            if answer:
                found.append(policy)
        if not found:
            return None
        ports = tuple(one for policy in found for one in _ports(policy))
        return Isolation(tuple(found), ports, tuple(one for policy in found for one in _sources(policy)))


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

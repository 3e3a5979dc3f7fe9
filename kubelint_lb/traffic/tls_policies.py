"""Which Services a BackendTLSPolicy is for."""

from __future__ import annotations

from collections import defaultdict

from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.policy import BackendTLSPolicy
from kubelint_lb.kube.service import Service
from kubelint_lb.traffic.objects import Objects


class TLSPolicies:
    """The policies of a unit and of the others of its cluster, by the names of their targets."""

    def __init__(self, unit: Objects) -> None:
        self._namespaces: dict[str, list[str | None]] = defaultdict(list)
        for policy in unit.everywhere("BackendTLSPolicy"):
            if isinstance(policy, BackendTLSPolicy):
                for target in policy.targets:
                    self._namespaces[target.reference.name].append(policy.namespace)

    def may_have(self, service: Service) -> bool:
        """A policy is for this Service, or may be."""
        return any(compatible(namespace, service.namespace) for namespace in self._namespaces.get(service.name, ()))

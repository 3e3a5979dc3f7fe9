"""Which Ingresses of a unit speak for a host."""

from __future__ import annotations

from collections import defaultdict

from kubelint_lb.model.ingress import Ingress
from kubelint_lb.model.unit import Unit
from kubelint_lb.source.placeholder import is_open, may_equal


class IngressHosts:
    """The Ingresses of a unit by host."""

    def __init__(self, unit: Unit) -> None:
        self._all = [view for view in unit.all("Ingress") if isinstance(view, Ingress)]
        self._by_host: dict[str, list[Ingress]] = defaultdict(list)
        self._open: list[tuple[str, Ingress]] = []
        for ingress in self._all:
            for host in sorted(ingress.hosts):
                if is_open(host):
                    self._open.append((host, ingress))
                else:
                    self._by_host[host.lower()].append(ingress)
            if ingress.default_backend is not None and "" not in ingress.hosts:
                self._by_host[""].append(ingress)

    def on(self, host: str) -> list[Ingress]:
        """Those with a rule for a host, and those that may turn out to have one; an empty host stands for every host.

        A default backend answers for every host that has no rule.
        """
        if is_open(host):
            return self._all
        found = list(self._by_host.get(host.lower(), ()))
        found += [ingress for other, ingress in self._open if may_equal(other, host) and ingress not in found]
        return found

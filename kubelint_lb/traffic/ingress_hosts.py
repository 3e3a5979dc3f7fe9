"""Which Ingresses of a unit speak for a host, and for a path of it."""

from __future__ import annotations

from collections import defaultdict

from kubelint_lb.kube.ingress import Ingress, IngressPath
from kubelint_lb.source.placeholder import is_open, may_equal
from kubelint_lb.traffic.objects import Objects


class IngressHosts:
    """The Ingresses of a unit by host."""

    def __init__(self, unit: Objects) -> None:
        self._all = [view for view in unit.all("Ingress") if isinstance(view, Ingress)]
        self._by_host: dict[str, list[Ingress]] = defaultdict(list)
        self._open: list[tuple[str, Ingress]] = []
        self._by_path: dict[tuple[str, str], list[Ingress]] = defaultdict(list)
        for ingress in self._all:
            for host in sorted(ingress.hosts):
                if is_open(host):
                    self._open.append((host, ingress))
                else:
                    self._by_host[host.lower()].append(ingress)
            if ingress.default_backend is not None and "" not in ingress.hosts:
                self._by_host[""].append(ingress)
            for key in dict.fromkeys(_written(path) for path in ingress.paths):
                self._by_path[key].append(ingress)

    def at(self, path: IngressPath) -> list[Ingress]:
        """Those with a path of the same host and text, in order of reading; placeholders as they are written."""
        return self._by_path.get(_written(path), [])

    def on(self, host: str) -> list[Ingress]:
        """Those with a rule for a host, and those that may turn out to have one; an empty host stands for every host.

        A default backend answers for every host that has no rule.
        """
        if is_open(host):
            return self._all
        found = list(self._by_host.get(host.lower(), ()))
        found += [ingress for other, ingress in self._open if may_equal(other, host) and ingress not in found]
        return found


def _written(path: IngressPath) -> tuple[str, str]:
    host, text, _ = path.location
    return host.lower(), text

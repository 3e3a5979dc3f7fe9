"""Which Ingresses of a unit speak for a host, and for a path of it."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from kubelint_lb.kube.ingress import Ingress, IngressPath
from kubelint_lb.source.node import Node
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


class HostBelow(NamedTuple):
    """A host that an Ingress has a rule for, and the paths of all Ingresses for it."""

    host: str
    place: Node
    ingress: Ingress
    paths: tuple[IngressPath, ...]

    def serves(self, path: IngressPath) -> bool:
        """Some path of the host takes the requests for another path: the same one, or a prefix of it."""
        return any(_takes(one, path.path or "/") for one in self.paths)


class HostsBelow:
    """The hosts of a unit's Ingresses by the wildcard that they lie below."""

    def __init__(self, unit: Objects) -> None:
        hosts = unit.of(IngressHosts)
        self._by_domain: dict[str, list[HostBelow]] = defaultdict(list)
        seen: set[str] = set()
        for view in unit.all("Ingress"):
            for host, place in view.host_nodes.items() if isinstance(view, Ingress) else ():
                if isinstance(view, Ingress) and host not in seen and not is_open(host) and not host.startswith("*."):
                    seen.add(host)
                    paths = tuple(path for one in hosts.on(host) for path in one.paths if path.host == host)
                    self._by_domain[host.partition(".")[2].lower()].append(HostBelow(host, place, view, paths))

    def below(self, wildcard: str) -> list[HostBelow]:
        """Those that a wildcard (`*.shop.example`) would serve, had they no rules of their own."""
        return self._by_domain.get(wildcard.lower().removeprefix("*."), [])


def _takes(one: IngressPath, path: str) -> bool:
    if one.path_type == "Exact":
        return (one.path or "/") == path
    prefix = (one.path or "/").rstrip("/")
    return path == prefix or path.startswith(f"{prefix}/")

"""Which Ingresses of a unit share upstreams of ingress-nginx.

An upstream is a port of a Service, as an Ingress writes it: by number and by name are two. All Ingresses with it share it.
Source: ingress-nginx controller-v1.15.1 `internal/ingress/controller/util.go` (upstreamName), `controller.go` (createUpstreams).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

from kubelint_lb.controllers.nginx.annotations import NginxAnnotations
from kubelint_lb.controllers.nginx.canary import Canary, upstream
from kubelint_lb.kube.ingress import Ingress, IngressPath
from kubelint_lb.source.placeholder import is_open
from kubelint_lb.traffic.objects import Objects

# Namespace, Service, and the port as written.
Key: TypeAlias = tuple[str | None, str, str]

FIRST_WINS = (
    "load-balance",
    "upstream-hash-by",
    "upstream-hash-by-subset",
    "service-upstream",
    "affinity",
    "affinity-mode",
)
LAST_WINS = (
    "session-cookie-name",
    "session-cookie-max-age",
    "session-cookie-expires",
    "session-cookie-samesite",
    "session-cookie-path",
)


class NginxUpstreams:
    """The Ingresses of a unit by the upstreams that they send to, and what those that are no canaries say of them."""

    def __init__(self, unit: Objects) -> None:
        self._said: dict[tuple[Key, str], dict[str, Ingress]] = defaultdict(dict)
        self._paths: dict[Key, list[tuple[Ingress, IngressPath]]] = defaultdict(list)
        for ingress in unit.all("Ingress"):
            if isinstance(ingress, Ingress):
                self._add(ingress)

    def _add(self, ingress: Ingress) -> None:
        for path in ingress.paths:
            if path.backend is not None:
                self._paths[upstream(path.backend)].append((ingress, path))
        annotations = NginxAnnotations(ingress)
        if not annotations.present or Canary(ingress).enabled is not False:
            return
        for suffix in (*FIRST_WINS, *LAST_WINS):
            value = annotations.known(suffix)
            for key in _keys(ingress) if value else ():
                self._said[key, suffix].setdefault(value, ingress)

    def other_values(self, ingress: Ingress, suffix: str) -> Iterator[tuple[str, str, Ingress]]:
        """What others say of the upstreams of an Ingress: the Service, the value, and the first Ingress that says it."""
        for key in _keys(ingress):
            for value, other in self._said.get((key, suffix), {}).items():
                if other is not ingress:
                    yield key[1], value, other

    def paths_of(self, key: Key) -> list[tuple[Ingress, IngressPath]]:
        """All paths that lead to an upstream, with their Ingresses, in order of reading."""
        return self._paths.get(key, [])


def _keys(ingress: Ingress) -> list[Key]:
    keys = dict.fromkeys(upstream(backend) for backend in ingress.backends)
    return [key for key in keys if not is_open(key[1]) and not is_open(key[2])]

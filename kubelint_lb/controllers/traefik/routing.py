"""Which router of Traefik takes a request.

Each path is a router of its own; that with the longest rule wins, unless an annotation gives a priority.
Source: traefik v3.7.9 `pkg/provider/kubernetes/ingress/kubernetes.go` (loadRouter, buildHostRule), `pkg/muxer/http/mux.go`
(GetRulePriority).
"""

from __future__ import annotations

from kubelint_lb.controllers.go import go_int
from kubelint_lb.controllers.routing import Candidate, Rank, Routing
from kubelint_lb.kube.ingress import IngressPath

_ROUTER = "traefik.ingress.kubernetes.io/router"
_MATCHERS = {"Path", "PathPrefix"}


class TraefikRouting(Routing):
    """Traefik's provider for Ingresses."""

    deep_wildcards = False
    falls_through = True
    tls_redirect = 0
    drops_empty = True

    def takes_prefix(self, written: str, asked: str) -> bool | None:
        """By text: `/a` takes `/ab`, unless strictPrefixMatching is set for all of Traefik."""
        return asked.startswith(written)

    def takes_specific(self, written: str, asked: str) -> bool | None:
        """As `Prefix`, where no annotation names a matcher."""
        return asked.startswith(written)

    def takes_path(self, path: IngressPath, asked: str) -> bool | None:
        """The annotation `router.pathmatcher` replaces the matcher of paths of no type."""
        if path.path_type == "ImplementationSpecific" and (matcher := self._matcher(path)) is not None:
            written = path.path or "/"
            if matcher not in _MATCHERS:
                return None
            return written == asked if matcher == "Path" else asked.startswith(written)
        return super().takes_path(path, asked)

    def candidates(self) -> list[Candidate]:
        """By priority, whatever the host."""
        found = [one._replace(rank=self._priority(one)) if one.path is not None else one for one in super().candidates()]
        return sorted(found, key=lambda one: one.rank)

    def criterion(self, winner: Candidate, loser: Candidate) -> str:
        """Priorities, or the lengths of rules."""
        if winner.rank != loser.rank and loser.path is not None:
            return "its priority is higher" if self._given(winner) is not None else "its rule is longer"
        return super().criterion(winner, loser)

    def doubt(self, winner: Candidate) -> str:
        """Middlewares may redirect, rewrite and refuse."""
        named = winner.ingress.annotations.get(f"{_ROUTER}.middlewares")
        return f"{winner.ingress.title} has the middlewares {named}, which are not followed" if named else ""

    def _priority(self, candidate: Candidate) -> Rank:
        given = self._given(candidate)
        return (-given,) if given is not None else (-len(self._rule(candidate.path)),) if candidate.path is not None else (0,)

    def _given(self, candidate: Candidate) -> int | None:
        return go_int(candidate.ingress.annotations.get(f"{_ROUTER}.priority", "")) or None

    def _rule(self, path: IngressPath) -> str:
        """The rule of a path's router, as Traefik writes it."""
        parts = []
        if path.host.startswith("*."):
            escaped = path.host[1:].replace(".", r"\.")
            parts.append(f"HostRegexp(`^[a-zA-Z0-9-]+{escaped}$`)")
        elif path.host:
            parts.append(f"Host(`{path.host}`)")
        if path.path:
            matcher = "Path" if path.path_type == "Exact" else "PathPrefix"
            parts.append(f"{matcher}(`{path.path}`)")
        return " && ".join(parts)

    def _matcher(self, path: IngressPath) -> str | None:
        for one in self.ingresses:
            if any(path is other for other in one.paths):
                return one.annotations.get(f"{_ROUTER}.pathmatcher")
        return None

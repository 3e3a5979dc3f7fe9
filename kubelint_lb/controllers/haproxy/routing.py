"""Which path of an Ingress takes a request in HAProxy Ingress.

Source: jcmoraisjr/haproxy-ingress `docs/content/en/docs/configuration/keys.md` (path-type, ssl-redirect).
"""

from __future__ import annotations

from kubelint_lb.controllers.go import go_bool
from kubelint_lb.controllers.routing import Candidate, Routing
from kubelint_lb.traffic.request import Redirect

_PREFIXES = ("haproxy-ingress.github.io", "ingress.kubernetes.io")
_CHANGES = ("path-type", "rewrite-target", "blue-green-deploy")


class HaproxyRouting(Routing):
    """HAProxy Ingress: paths without a type begin with their text; HTTPS is asked for where there is a certificate."""

    deep_wildcards = False
    falls_through = False
    tls_redirect = 302

    def takes_specific(self, written: str, asked: str) -> bool | None:
        """By text, in any case (`begin`)."""
        return asked.lower().startswith(written.lower())

    def redirected(self, winner: Candidate) -> Redirect | int | None:
        """`ssl-redirect: "false"` leaves plain HTTP as it is."""
        said = winner.ingress.annotations
        off = any(go_bool(said.get(f"{prefix}/ssl-redirect", "true")) is False for prefix in _PREFIXES)
        return None if off else super().redirected(winner)

    def doubt(self, winner: Candidate) -> str:
        """Other kinds of paths, and rewrites."""
        return self.unfollowed(winner, (f"{prefix}/{suffix}" for prefix in _PREFIXES for suffix in _CHANGES))

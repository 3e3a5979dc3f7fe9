"""Which path of an Ingress takes a request in HAProxy Technologies' controller.

Source: haproxytech/kubernetes-ingress v3.2 `pkg/route/route.go`, `documentation/annotations.md` (ssl-redirect).
"""

from __future__ import annotations

from kubelint_lb.controllers.routing import Candidate, Routing, to_https
from kubelint_lb.traffic.request import Redirect

_PREFIXES = ("haproxy.org", "haproxy.com", "ingress.kubernetes.io")
_CHANGES = ("path-rewrite", "request-redirect", "route-acl")
_FOUND = 302
_OFF = {"false", "disabled", "off"}
_ON = {"true", "enabled", "on"}


class HaproxyTechRouting(Routing):
    """HAProxy Technologies: paths without a type are prefixes by text; HTTPS is asked for where the Ingress has TLS."""

    deep_wildcards = False
    falls_through = False
    tls_redirect = _FOUND

    def takes_specific(self, written: str, asked: str) -> bool | None:
        """By text, past the ends of elements."""
        return asked.startswith(written)

    def redirected(self, winner: Candidate) -> Redirect | int | None:
        """`ssl-redirect` and `ssl-redirect-code` say otherwise."""
        said = next((word for one in _PREFIXES if (word := winner.ingress.annotations.get(f"{one}/ssl-redirect"))), "").lower()
        codes = (winner.ingress.annotations.get(f"{one}/ssl-redirect-code", "") for one in _PREFIXES)
        status = next((int(one) for one in codes if one.isdecimal()), _FOUND)
        wanted = said in _ON or (said not in _OFF and self.has_tls(winner.ingress))
        return to_https(self.request, status) if wanted and self.request.scheme == "http" else None

    def doubt(self, winner: Candidate) -> str:
        """Rewrites, redirects and conditions on the request."""
        return self.unfollowed(winner, (f"{prefix}/{suffix}" for prefix in _PREFIXES for suffix in _CHANGES))

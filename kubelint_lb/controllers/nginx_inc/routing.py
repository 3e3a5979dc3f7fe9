"""Which location of NGINX Ingress Controller (F5) takes a request.

Source: nginx/kubernetes-ingress v5.5.4 `internal/configs/ingress.go` (generateIngressPath: `= /path` for Exact, the path as it is
otherwise), `internal/configs/version1/nginx.ingress.tmpl` (redirects).
"""

from __future__ import annotations

from kubelint_lb.controllers.go import go_bool
from kubelint_lb.controllers.routing import Candidate, Routing, to_https
from kubelint_lb.traffic.request import Redirect

_MOVED = 301
_CHANGES = ("nginx.org/rewrites", "nginx.org/location-snippets", "nginx.org/server-snippets", "nginx.org/path-regex")


class NginxIncRouting(Routing):
    """NGINX Ingress Controller: one server a host, whose prefixes are those of nginx, by text."""

    deep_wildcards = True
    falls_through = False
    tls_redirect = _MOVED
    no_endpoints = 502

    def takes_prefix(self, written: str, asked: str) -> bool | None:
        """A location of nginx: by text."""
        return asked.startswith(written)

    def takes_specific(self, written: str, asked: str) -> bool | None:
        """As `Prefix`."""
        return asked.startswith(written)

    def redirected(self, winner: Candidate) -> Redirect | int | None:
        """`ssl-redirect` is true by default; `redirect-to-https` is for a load balancer in front."""
        said = winner.ingress.annotations
        redirects = go_bool(said.get("ingress.kubernetes.io/ssl-redirect", said.get("nginx.org/ssl-redirect", "true")))
        if self.request.scheme == "http" and redirects is not False and self.has_tls(winner.ingress):
            return to_https(self.request, _MOVED)
        return None

    def doubt(self, winner: Candidate) -> str:
        """Rewrites and snippets are not followed."""
        return self.unfollowed(winner, _CHANGES)

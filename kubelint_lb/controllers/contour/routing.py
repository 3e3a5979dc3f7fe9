"""Which path of an Ingress takes a request in Contour.

Source: contour v1.33.6 `internal/dag/ingress_processor.go` (path types, TLS), `internal/sorter/sorter.go` (the order).
"""

from __future__ import annotations

import re

from kubelint_lb.controllers.go import go_bool
from kubelint_lb.controllers.routing import Candidate, Routing, to_https
from kubelint_lb.kube.ingress import IngressPath
from kubelint_lb.source.regex import bounded_regex
from kubelint_lb.traffic.request import Redirect

_SIGNS = re.compile(r"[\^+*\[\]%]")
_MOVED = 301
_FORCED = ("ingress.kubernetes.io/force-ssl-redirect", "projectcontour.io/force-ssl-redirect")


class ContourRouting(Routing):
    """Contour: one virtual host a name, wildcards of one label; plain HTTP is served beside TLS."""

    deep_wildcards = False
    falls_through = False
    tls_redirect = 0

    def takes_specific(self, written: str, asked: str) -> bool | None:
        """An expression for the whole path where it has a sign of one, else a prefix by text."""
        if not _SIGNS.search(written):
            return asked.startswith(written)
        expression = bounded_regex(written, len(asked))
        return None if expression is None else expression.fullmatch(asked) is not None

    def rank(self, path: IngressPath) -> tuple[int, ...]:
        """Exact paths, then expressions, then prefixes."""
        exact, length = super().rank(path)
        expression = path.path_type not in {"Exact", "Prefix"} and _SIGNS.search(path.path) is not None
        return (2 * exact - (1 if expression else 0), length)

    def redirected(self, winner: Candidate) -> Redirect | int | None:
        """Only an annotation redirects."""
        forced = any(go_bool(winner.ingress.annotations.get(name, "")) for name in _FORCED)
        return to_https(self.request, _MOVED) if forced and self.request.scheme == "http" else None

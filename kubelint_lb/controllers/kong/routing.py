"""Which path of an Ingress takes a request in Kong.

Source: Kong/kubernetes-ingress-controller `internal/dataplane/translator/subtranslator/ingress.go`.
"""

from __future__ import annotations

from kubelint_lb.controllers.routing import Candidate, Routing
from kubelint_lb.kube.ingress import IngressPath
from kubelint_lb.source.regex import bounded_regex
from kubelint_lb.traffic.request import Redirect

_EXPRESSION = "/~"
_UPGRADE = 426


class KongRouting(Routing):
    """Kong: every path is a route; a path without a type is a prefix by text, or an expression after `/~`."""

    deep_wildcards = True
    falls_through = True
    tls_redirect = 0

    def takes_specific(self, written: str, asked: str) -> bool | None:
        """An expression after `/~`, else a prefix by text."""
        if not written.startswith(_EXPRESSION):
            return asked.startswith(written)
        expression = bounded_regex(written.removeprefix(_EXPRESSION), len(asked))
        return None if expression is None else expression.match(asked) is not None

    def rank(self, path: IngressPath) -> tuple[int, ...]:
        """Expressions come before prefixes."""
        exact, length = super().rank(path)
        return (0 if path.path.startswith(_EXPRESSION) else exact, length)

    def redirected(self, winner: Candidate) -> Redirect | int | None:
        """`konghq.com/protocols: https` refuses plain HTTP, with a status that an annotation may make a redirect."""
        said = winner.ingress.annotations
        protocols = {one.strip() for one in said.get("konghq.com/protocols", "http,https").split(",")}
        if self.request.scheme in protocols:
            return None
        code = said.get("konghq.com/https-redirect-status-code", "")
        if code.isdecimal() and int(code) != _UPGRADE:
            return Redirect("https", self.request.hostname, None, self.request.path, int(code))
        return _UPGRADE

    def doubt(self, winner: Candidate) -> str:
        """Plugins may redirect, rewrite and refuse."""
        named = winner.ingress.annotations.get("konghq.com/plugins")
        return f"{winner.ingress.title} has the plugins {named}, which are not followed" if named else ""

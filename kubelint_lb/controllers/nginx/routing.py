"""Which location of ingress-nginx takes a request, and what happens to it there.

Source: ingress-nginx controller-v1.15.1 `internal/ingress/controller/{controller,location}.go`, `template/template.go`
(buildLocation, buildProxyPass, buildServerName), `rootfs/etc/nginx/lua/{lua_ingress,balancer}.lua`, `rootfs/etc/nginx/template`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kubelint_lb.controllers.nginx.aliases import NginxAliases
from kubelint_lb.controllers.nginx.annotations import NginxAnnotations
from kubelint_lb.controllers.nginx.canary import Canary, CanaryLocation, find_primary_path
from kubelint_lb.controllers.nginx.configuration import NginxConfiguration
from kubelint_lb.controllers.nginx.regex_hosts import RegexHosts
from kubelint_lb.controllers.nginx.rewrites import rewritten_path
from kubelint_lb.controllers.routing import Candidate, Rank, Routing, Share, by_elements, redirect_to, to_https
from kubelint_lb.kube.ingress import Ingress, IngressPath
from kubelint_lb.kube.networks import is_in
from kubelint_lb.kube.weights import percent
from kubelint_lb.source.placeholder import is_open
from kubelint_lb.source.regex import bounded_regex
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.request import Redirect, Request, Subject, subject_of
from kubelint_lb.traffic.way import Way

_TO_HTTPS, _MOVED, _FOUND, _FORBIDDEN = 308, 301, 302, 403
_CANARY = ("canary", "canary-weight", "canary-weight-total", "canary-by-header", "canary-by-header-value", "canary-by-cookie")
# What a canary takes where header or cookie decide, in percent.
_ALL, _NONE = 100.0, 0.0


class NginxRouting(Routing):
    """ingress-nginx: one server a host, wildcards of one label; regular expressions by length where a host has any."""

    deep_wildcards = False
    falls_through = False

    def __init__(self, unit: Objects, ingresses: Sequence[Ingress], way: Way) -> None:
        primaries = [one for one in ingresses if Canary(one).enabled is False]
        super().__init__(unit, primaries, way)
        # An alias is the server of its Ingress's hosts, unless a rule has the name.
        aliased = NginxAliases(primaries).of_name(self.hostname)
        if aliased and not any(self.hostname in one.hosts for one in primaries):
            self.hostname = next((one for one in sorted(aliased[0].hosts) if one), "")
        self._canaries = [Canary(one) for one in ingresses if Canary(one).enabled is not False]
        self._expressions = RegexHosts(primaries)
        self._configuration = unit.of(NginxConfiguration)

    def takes_path(self, path: IngressPath, asked: str) -> bool | None:
        """By elements; on a host with regular expressions, each path is the start of one."""
        written = path.path or "/"
        if not self._expressions.causes(path.host) or is_open(written):
            return super().takes_path(path, asked)
        expression = bounded_regex(written, len(asked), re.IGNORECASE)
        return None if expression is None else expression.match(asked) is not None

    def takes_specific(self, written: str, asked: str) -> bool | None:
        """As `Prefix`."""
        return by_elements(written, asked)

    def rank(self, path: IngressPath) -> Rank:
        """Regular expressions are asked in order of their length."""
        return (1, -len(path.path or "/")) if self._expressions.causes(path.host) else super().rank(path)

    def defaults(self) -> Iterator[Candidate]:
        """An Ingress with rules has its default backend on its own hosts alone."""
        for one in super().defaults():
            if not one.ingress.hosts or any(self.takes_host(host.lower()) for host in one.ingress.hosts):
                yield one

    def redirected(self, winner: Candidate) -> Redirect | int | None:
        """`denylist` and `allowlist`, `permanent-redirect`, `app-root`, then HTTPS where the host has a certificate."""
        said, request = NginxAnnotations(winner.ingress), self.request
        if request.client and self._shuts_out(said, request.client):
            return _FORBIDDEN
        for suffix, status in (("temporal-redirect", _FOUND), ("permanent-redirect", _MOVED)):
            url = said.known(suffix)
            if url:
                return _to(url, said.number(f"{suffix}-code") or status, request)
        root = said.known("app-root")
        if root.startswith("/") and request.bare_path == "/":
            return Redirect(request.scheme, request.hostname, request.port, root, _FOUND)
        if request.scheme != "http":
            return None
        if said.flag("force-ssl-redirect") or (self._redirects(said) and self._has_certificate()):
            return to_https(request, _TO_HTTPS)
        return None

    def doubt(self, winner: Candidate) -> str:
        """Annotations with placeholders that decide where a request goes."""
        said = NginxAnnotations(winner.ingress)
        names = ("permanent-redirect", "temporal-redirect", "app-root", "rewrite-target", "force-ssl-redirect", "ssl-redirect")
        open_name = next((one for one in names if said.unknown(one)), "")
        if open_name:
            return f"the annotation {open_name} of {winner.ingress.title} is filled in later"
        if any(said.word(one) for one in ("configuration-snippet", "server-snippet")):
            return f"{winner.ingress.title} has a snippet, which may do anything"
        for canary in self._canaries:
            open_name = next((one for one in _CANARY if canary.unknown(one)), "")
            if open_name and winner.path is not None and self._path_of(canary, winner.path, winner.ingress) is not None:
                return f"the annotation {open_name} of {canary.ingress.title} is filled in later"
        return ""

    def shares(self, winner: Candidate) -> list[Share]:
        """What the path's canary leaves, in the order of header, cookie, weight; the path is rewritten for both."""
        self._rewrite(winner)
        self._session(winner)
        if winner.path is None or winner.backend is None:
            return super().shares(winner)
        for canary in self._canaries:
            path = self._path_of(canary, winner.path, winner.ingress)
            if path is None or path.backend is None:
                continue
            part, why = _part(canary, self.request)
            self.way.step("canary", subject_of(canary.ingress), path.place, f"{percent(part)} of such requests: {why}")
            found = [Share(path.backend, part, why), Share(winner.backend, _ALL - part, f"what {canary.ingress.title} leaves")]
            return [one for one in found if one.percent > 0]
        return super().shares(winner)

    def _path_of(self, canary: Canary, primary: IngressPath, ingress: Ingress) -> IngressPath | None:
        for path in canary.ingress.paths:
            location, found = find_primary_path(path, ingress)
            if location is CanaryLocation.SAME and found is primary:
                return path
        return None

    def _redirects(self, said: NginxAnnotations) -> bool:
        if said.word("ssl-redirect") is not None:
            return said.flag("ssl-redirect") is True
        return self._configuration.value("ssl-redirect") != "false"

    def _has_certificate(self) -> bool:
        """Some Ingress of the host has a certificate for it: it is the server's, whichever Ingress the path is of."""
        return any(self.has_tls(one) for one in self.ingresses if self.serves(one))

    def _shuts_out(self, said: NginxAnnotations, client: str) -> bool:
        allowed = said.known("allowlist-source-range") or said.known("whitelist-source-range")
        denied = said.known("denylist-source-range")
        return is_in(client, denied.split(",")) or (bool(allowed) and not is_in(client, allowed.split(",")))

    def _rewrite(self, winner: Candidate) -> None:
        said = NginxAnnotations(winner.ingress)
        target, node = said.known("rewrite-target"), said.node("rewrite-target")
        written = winner.path.path or "/" if winner.path is not None else "/"
        if node is None or not target or target == written:
            return
        path = rewritten_path(written, target, self.request)
        if path is not None:
            self.way.forwarded = self.way.forwarded._replace(path=path)
            self.way.step("filter", Subject("rewrite-target"), node, f"the path becomes {path}")

    def _session(self, winner: Candidate) -> None:
        said = NginxAnnotations(winner.ingress)
        node = said.node("affinity")
        if node is not None and said.known("affinity") == "cookie":
            name = said.known("session-cookie-name") or "INGRESSCOOKIE"
            self.way.step("session", Subject("affinity"), node, f"the cookie {name} keeps a client at one pod")


def _part(canary: Canary, request: Request) -> tuple[float, str]:
    """What a canary gets of requests like this one, in percent, and why (balancer.lua, route_to_alternative_balancer)."""
    name = canary.known("canary-by-header")
    value = request.header(name) if name else None
    if value is not None:
        wanted, expression = canary.known("canary-by-header-value"), canary.known("canary-by-header-pattern")
        if wanted or expression:
            if value == wanted or (not wanted and _matches(expression, value)):
                return _ALL, f"the header {name} is {value}"
        elif value in {"always", "never"}:
            return (_ALL if value == "always" else _NONE), f"the header {name} is {value}"
    cookie = canary.known("canary-by-cookie")
    word = request.cookies.get(cookie) if cookie else None
    if word in {"always", "never"}:
        return (_ALL if word == "always" else _NONE), f"the cookie {cookie} is {word}"
    weight, total = canary.weight or 0, canary.total or 100
    return max(_NONE, min(_ALL, 100 * weight / total)), f"its weight is {weight} of {total}"


def _matches(expression: str, value: str) -> bool:
    found = bounded_regex(expression, len(value))
    return found is not None and found.search(value) is not None


def _to(url: str, status: int, request: Request) -> Redirect | int:
    """A redirect to a URL as it is written."""
    written = url.replace("$request_uri", request.path).replace("$host", request.hostname).replace("$scheme", request.scheme)
    return redirect_to(written, status, request)

"""Which rule of an AWS Application Load Balancer takes a request, and its action.

Source: aws-load-balancer-controller v3.5 `pkg/ingress/model_build_listener_rules.go` (the order of rules, path patterns),
`model_build_listener.go` (ports, ssl-redirect), `enhanced_backend_builder.go` (actions); docs `guide/ingress/annotations.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import groupby
from typing import Any

from kubelint_lb.controllers.alb.actions import read_json
from kubelint_lb.controllers.alb.groups import order_of
from kubelint_lb.controllers.routing import Candidate, Routing, Share, by_elements, to_https
from kubelint_lb.kube.ingress import USE_ANNOTATION, Ingress, IngressBackend, IngressPath
from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.references import Reference
from kubelint_lb.kube.weights import percent
from kubelint_lb.source.placeholder import has_placeholder
from kubelint_lb.traffic.request import Redirect, Request, Subject

_PREFIX = "alb.ingress.kubernetes.io"
_MOVED, _UNAVAILABLE, _HTTPS = 301, 503, 443
_TYPES = {"Exact": 0, "Prefix": 1}


class AlbRouting(Routing):
    """The AWS Load Balancer Controller: the members of a group in order, in each its rules as written, in each rule exact paths,
    then prefixes from the longest on, then the others as written."""

    deep_wildcards = True
    falls_through = True
    tls_redirect = 0

    def candidates(self) -> list[Candidate]:
        """By the number of the listener rule, whatever the host."""
        numbers = {id(path.node): number for number, path in enumerate(self._rules(), start=1)}
        found = [
            one._replace(rank=(numbers[id(one.path.node)],)) if one.path is not None else one for one in super().candidates()
        ]
        return sorted(found, key=lambda one: one.rank)

    def takes_specific(self, written: str, asked: str) -> bool | None:
        """A pattern with `*` and `?`."""
        return fnmatchcase(asked, written.replace("[", "[[]"))

    def takes_prefix(self, written: str, asked: str) -> bool | None:
        """`/a` becomes the patterns `/a` and `/a/*`."""
        return by_elements(written, asked)

    def criterion(self, winner: Candidate, loser: Candidate) -> str:
        """The number of the rule."""
        return super().criterion(winner, loser) if loser.path is None else f"its rule comes first ({winner.rank[0]})"

    def redirected(self, winner: Candidate) -> Redirect | int | None:
        """`ssl-redirect` of any member, then the action of the path."""
        request = self.request
        ports = [port for one in self.ingresses if (port := one.annotations.get(f"{_PREFIX}/ssl-redirect", ""))]
        if request.scheme == "http" and ports and ports[0].isdecimal():
            return to_https(request, _MOVED, None if int(ports[0]) == _HTTPS else int(ports[0]))
        action = self._action(winner)
        if action.get("type") == "fixed-response":
            code = str((action.get("fixedresponseconfig") or {}).get("statuscode") or "")
            return int(code) if code.isdecimal() else _UNAVAILABLE
        config = action.get("redirectconfig")
        return _redirect(config, request) if action.get("type") == "redirect" and isinstance(config, dict) else None

    def doubt(self, winner: Candidate) -> str:
        """Conditions, transforms and authentication are not followed."""
        name = winner.backend.reference.name if winner.backend is not None else ""
        for kind in ("conditions", "transforms"):
            if f"{_PREFIX}/{kind}.{name}" in winner.ingress.annotations:
                return f"{winner.ingress.title} has {kind} for {name}, which are not followed"
        written = winner.ingress.annotations.get(f"{_PREFIX}/actions.{name}", "")
        return f"the action {name} is filled in later" if has_placeholder(written) else ""

    def shares(self, winner: Candidate) -> list[Share]:
        """The target groups of an action by their weights."""
        config = self._action(winner).get("forwardconfig")
        entries = config.get("targetgroups") if isinstance(config, dict) else None
        groups = [one for one in entries or () if isinstance(one, dict) and one.get("servicename")]
        if not groups or winner.backend is None:
            return super().shares(winner)
        weights = [_number(one.get("weight")) if len(groups) > 1 else 1 for one in groups]
        total = sum(weights)
        parts = [
            Share(_backend(winner.ingress, winner.backend, one), 100 * weight / total)
            for one, weight in zip(groups, weights, strict=True)
            if weight
        ]
        for one in parts:
            self.way.step("filter", Subject("action"), winner.node, f"{percent(one.percent)} to {one.backend.reference.name}")
        return parts

    def _rules(self) -> Iterator[IngressPath]:
        members = sorted(self.ingresses, key=lambda one: (order_of(one) or 0, one.namespace or "", one.name))
        for ingress in members:
            for _, paths in groupby(ingress.paths, key=lambda one: id(one.host_node) if one.host_node is not None else one.host):
                yield from sorted(paths, key=_order)

    def _action(self, winner: Candidate) -> dict[str, Any]:
        backend = winner.backend
        if backend is None or backend.port_name != USE_ANNOTATION:
            return {}
        found = read_json(winner.ingress.annotations.get(f"{_PREFIX}/actions.{backend.reference.name}", ""))
        return found if isinstance(found, dict) else {}


def _order(path: IngressPath) -> tuple[int, int]:
    """Python's sort keeps paths of no type as they are written."""
    kind = _TYPES.get(path.path_type, 2)
    return kind, -len(path.path) if kind == 1 else 0


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | str) and str(value).isdecimal() else 0


def _backend(ingress: Ingress, written: IngressBackend, group: dict[str, Any]) -> IngressBackend:
    name, port = str(group["servicename"]), str(group.get("serviceport") or "")
    reference = Reference(ingress.manifest, written.reference.node, KINDS["Service"], ingress.namespace, name)
    number = int(port) if port.isdecimal() else None
    return IngressBackend(written.node, reference, number, None if number is not None else port, written.port_node)


def _redirect(config: dict[str, Any], request: Request) -> Redirect:
    """`#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}` stand for the request's own (Elastic Load Balancing,
    `RedirectActionConfig`)."""
    scheme = str(config.get("protocol") or "#{protocol}").replace("#{protocol}", request.scheme).lower()
    host = str(config.get("host") or "#{host}").replace("#{host}", request.hostname)
    port = str(config.get("port") or "#{port}").replace("#{port}", str(request.to_port))
    path = str(config.get("path") or "/#{path}").replace("#{host}", request.hostname)
    path = path.replace("#{path}", request.bare_path.removeprefix("/"))
    query = str(config.get("query") or "#{query}").replace("#{query}", request.query)
    number = int(port) if port.isdecimal() else None
    shown = None if number in {80, 443} and (number == _HTTPS) == (scheme == "https") else number
    status = 302 if str(config.get("statuscode")) == "HTTP_302" else _MOVED
    return Redirect(scheme, host, shown, f"{path}?{query}" if query else path, status)

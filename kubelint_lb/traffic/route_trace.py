"""Where a request goes by the routes at a listener or a Service: over the winning rule and its filters to Services and pods.

Source: gateway-api v1.6.1 `apis/v1/httproute_types.go`; what the answer is where a backend is not there, not permitted or of no
known kind: HTTPRouteRule.backendRefs (500 for its share).
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as MappingType

from kubelint_lb.kube.route import FILTER_FIELDS, BackendRef, Route, RouteRule
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.values import flattened, mappings, name_text
from kubelint_lb.kube.weights import percent
from kubelint_lb.source.node import Mapping
from kubelint_lb.source.placeholder import is_open
from kubelint_lb.traffic.behind import Behind
from kubelint_lb.traffic.filters import redirected, rewritten, with_headers
from kubelint_lb.traffic.grants import Grants
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.precedence import Candidate, candidates, criterion
from kubelint_lb.traffic.request import Backend, Outcome, OutcomeKind, Redirect, Subject, subject_of
from kubelint_lb.traffic.resolve import Resolver
from kubelint_lb.traffic.way import Way, failed, unknown

_NOT_FOUND, _BROKEN, _NO_ENDPOINTS = 404, 500, 503
# What a rule says besides where requests go.
_SETTINGS = ("timeouts", "retry", "sessionPersistence")


class RouteTracer:
    """One request on its way through routes."""

    def __init__(self, unit_of: Callable[[Route], Objects], way: Way, *, streams: bool = False) -> None:
        """`unit_of` tells whose a route is; `streams`: bytes are passed on, nobody could answer with a status of HTTP."""
        self._unit_of = unit_of
        self._streams = streams
        self._request = way.request
        self._way = way

    def follow(self, routes: MappingType[Route, bool]) -> Outcome:
        """What becomes of the request by those routes that surely (True) or maybe meet there."""
        found = candidates(self._request, routes)
        if not found:
            return self._failed(_NOT_FOUND, "no rule of a route takes the request")
        winner = found[0]
        if not winner.sure:
            return unknown(f"a placeholder decides whether {winner.rule.title} takes the request")
        self._won(winner, found)
        self._unit = self._unit_of(winner.rule.route)
        return self._answer(winner)

    def _get(self, error: Outcome) -> str:
        return "are not passed on" if error.status is None else f"get {error.status}"

    def _failed(self, status: int, reason: str) -> Outcome:
        return Outcome(OutcomeKind.ERROR, reason=reason) if self._streams else failed(status, reason)

    def _won(self, winner: Candidate, found: list[Candidate]) -> None:
        rival = next((one for one in found[1:] if one.rank == winner.rank and one.rule.route is not winner.rule.route), None)
        text = f"rule {winner.rule.index + 1} takes the request"
        if rival is not None:
            text += f"; {rival.rule.title} matches as well, and wins if its route is older"
        self._way.step("rule", subject_of(winner.rule.route), winner.node, text)
        for one in found[1:]:
            lost = f"rule {one.rule.index + 1} matches as well; rule {winner.rule.index + 1} of {winner.rule.route.name} wins: "
            self._way.lost(subject_of(one.rule.route), one.node, lost + criterion(winner, one))

    def _answer(self, winner: Candidate) -> Outcome:
        for field in _SETTINGS:
            node = winner.rule.node.get(field)
            if node is not None:
                kind = "session" if field == "sessionPersistence" else "filter"
                self._way.step(kind, Subject(field), node, ", ".join(flattened(node)))
        redirect = self._filtered(winner.rule, winner.rule.filters, winner.prefix)
        if redirect is not None:
            return Outcome(OutcomeKind.REDIRECT, redirect=redirect)
        backends = winner.rule.backend_refs
        if any(one.weight is None or is_open(one.name) for one in backends):
            return unknown(f"the backends of {winner.rule.title} are not settled")
        total = sum(one.weight or 0 for one in backends)
        if not total:
            words = "the rule has no backends" if not backends else "all weights of the rule are 0"
            return self._failed(_BROKEN, words)
        return self._divided(winner, [one for one in backends if one.weight], total)

    def _divided(self, winner: Candidate, backends: list[BackendRef], total: int) -> Outcome:
        good: list[Backend] = []
        bad: list[Outcome] = []
        for one in backends:
            share = 100 * (one.weight or 0) / total
            error = self._error(one, winner.rule.route)
            text = f"{percent(share)} to {one.name}" + (f": {error.reason}, so that they {self._get(error)}" if error else "")
            self._way.step("backend", Subject(one.name), one.name_node, text)
            if error is not None:
                bad.append(error)
                continue
            if len(backends) == 1:
                filters = tuple(mappings(one.node.get("filters")))
                redirect = self._filtered(winner.rule, filters, winner.prefix)
                if redirect is not None:
                    return Outcome(OutcomeKind.REDIRECT, redirect=redirect)
            good.append(self._backend(one, share))
            for service in self._services(one)[:1]:
                self._way.steps(
                    self._unit.of(Behind).steps(service, service.ports_numbered(one.port) if one.port is not None else ())
                )
        if not good:
            return bad[0]
        outcome = Outcome(OutcomeKind.BACKENDS, tuple(good))
        return outcome._replace(status=bad[0].status, reason=bad[0].reason) if bad else outcome

    def _error(self, backend: BackendRef, route: Route) -> Outcome | None:
        """What requests for a backend get from the data plane itself; None where they reach it."""
        broken = self._broken(backend, route)
        if broken:
            return self._failed(_BROKEN, broken)
        services = self._services(backend)
        empty = self._unit.of(Behind).lost(services[0]) if len(services) == 1 else ""
        return self._failed(_NO_ENDPOINTS, empty) if empty else None

    def _broken(self, backend: BackendRef, route: Route) -> str:
        """Why requests for a backend get an error; empty where they do not."""
        if not backend.is_specified:
            return f"{backend.reference.target.kind} is no kind that a route can send to"
        refused = self._unit.of(Grants).refusal(backend, route)
        if refused is not None:
            return f"no ReferenceGrant lets {route.title} use it"
        if self._unit.of(Resolver).resolve(backend.reference).missing:
            return "it does not exist"
        for target in self._services(backend):
            if backend.port is not None and target.settled and target.ports and not target.ports_numbered(backend.port):
                return f"it has no port {backend.port}"
        return ""

    def _services(self, backend: BackendRef) -> list[Service]:
        if not backend.is_service:
            return []
        return [one for one in self._unit.of(Resolver).resolve(backend.reference).targets if isinstance(one, Service)]

    def _backend(self, backend: BackendRef, share: float) -> Backend:
        namespace = backend.reference.namespace or "default"
        return Backend(backend.reference.target.kind, namespace, backend.name, backend.port, round(share, 2))

    def _filtered(self, rule: RouteRule, filters: tuple[Mapping, ...], prefix: str | None) -> Redirect | None:
        """Takes the request through filters; ends at a redirect."""
        for one in filters:
            kind = name_text(one.get("type")) or ""
            node = one.get(FILTER_FIELDS.get(kind, ""))
            if not isinstance(node, Mapping):
                continue
            self._way.step("filter", Subject(kind), one.get("type") or one, f"{kind} changes the request")
            if kind == "RequestRedirect":
                return redirected(node, self._way.forwarded, prefix)
            if kind == "URLRewrite":
                self._way.forwarded = rewritten(node, self._way.forwarded, prefix)
            elif kind == "RequestHeaderModifier":
                self._way.forwarded, removed = with_headers(node, self._way.forwarded)
                self._way.removed += removed
            elif kind == "RequestMirror":
                self._mirror(rule, node)
        return None

    def _mirror(self, rule: RouteRule, node: Mapping) -> None:
        found = next((one for one in rule.all_refs if one.node is node.get("backendRef")), None)
        if found is not None and not self._broken(found, rule.route):
            self._way.mirrors.append(self._backend(found, 100.0))

"""Where a request goes: from the listener over the winning rule and its filters to Services and pods.

Source: gateway-api v1.6.1 `apis/v1/httproute_types.go`; what the answer is where a backend is not there, not permitted or of no
known kind: HTTPRouteRule.backendRefs (500 for its share).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from kubelint_lb.kube.route import FILTER_FIELDS, BackendRef, Route, RouteRule
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.values import mappings, name_text
from kubelint_lb.kube.weights import percent
from kubelint_lb.source.node import Mapping
from kubelint_lb.source.placeholder import is_open
from kubelint_lb.traffic.entry import Entries, Entry
from kubelint_lb.traffic.filters import redirected, rewritten, with_headers
from kubelint_lb.traffic.grants import Grants
from kubelint_lb.traffic.ingress_hosts import IngressHosts
from kubelint_lb.traffic.precedence import Candidate, candidates, criterion
from kubelint_lb.traffic.request import Backend, Outcome, OutcomeKind, Redirect, Request, Step, Subject, Trace, subject_of
from kubelint_lb.traffic.resolve import Resolver
from kubelint_lb.traffic.scaling import Scaling
from kubelint_lb.traffic.selection import Selector
from kubelint_lb.traffic.world import World

_NOT_FOUND, _BROKEN = 404, 500

Holds: TypeAlias = Callable[[str], bool]


def _everything(_path: str) -> bool:
    return True


def trace(world: World, request: Request, holds: Holds = _everything) -> Trace:
    """What becomes of a request in one unit: UNKNOWN where it has no Gateway, several may be meant, or a placeholder decides.

    `holds` says which files were asked about: of several Gateways, those in such files are meant.
    """
    return _Tracer(world, request, holds).trace()


def trace_over(worlds: Sequence[World], request: Request, holds: Holds = _everything) -> Trace:
    """What becomes of a request in several units: the answer of those that know one, UNKNOWN where they differ."""
    traces = [trace(one, request, holds) for one in worlds]
    known = [one for one in traces if one.outcome.kind is not OutcomeKind.UNKNOWN]
    if not known:
        return traces[0] if traces else Trace(request, Outcome(OutcomeKind.UNKNOWN, reason="there is nothing to ask"))
    # A unit whose Gateways do not listen there says nothing about one whose do.
    served = [one for one in known if one.steps] or known
    if any(one.outcome != served[0].outcome for one in served):
        return Trace(request, Outcome(OutcomeKind.UNKNOWN, reason="the units of these files answer differently: name one"))
    return served[0]


class _Tracer:
    """One request on its way."""

    def __init__(self, world: World, request: Request, holds: Holds) -> None:
        self._holds = holds
        self._unit = world.objects
        self._request = request
        self._entries = self._unit.of(Entries)
        self._steps: list[Step] = []
        self._forwarded = request
        self._removed: list[str] = []
        self._mirrors: list[Backend] = []
        self._losers: list[Step] = []

    def trace(self) -> Trace:
        """Follows the request to its end."""
        outcome = self._outcome()
        return Trace(self._request, outcome, tuple(self._steps), tuple(self._losers))

    def _outcome(self) -> Outcome:
        outcome = self._by_gateway()
        if outcome.status == _NOT_FOUND and not self._request.gateway:
            ingresses = self._unit.of(IngressHosts).on(self._request.hostname) if self._request.hostname else []
            if ingresses:
                words = f"{ingresses[0].title} has a rule for this host, and Ingresses are not followed"
                return Outcome(OutcomeKind.UNKNOWN, reason=words)
        return outcome

    def _by_gateway(self) -> Outcome:
        entries = self._entries.of(self._request)
        if not entries:
            return self._nobody_listens()
        if len(entries) > 1:
            entries = [one for one in entries if self._holds(one.gateway.manifest.path)] or entries
        if len(entries) > 1:
            names = ", ".join(sorted(one.gateway.title for one in entries))
            return Outcome(OutcomeKind.UNKNOWN, reason=f"several Gateways listen there: {names}")
        entry = entries[0]
        self._entered(entry)
        if not entry.sure or entry.holder.manifest.patched:
            return Outcome(OutcomeKind.UNKNOWN, reason=f"what {entry.holder.title} listens to is not settled")
        found = candidates(self._request, self._entries.routes(entry))
        if not found:
            return Outcome(OutcomeKind.ERROR, status=_NOT_FOUND, reason="no rule of a route takes the request")
        winner = found[0]
        if not winner.sure:
            return Outcome(OutcomeKind.UNKNOWN, reason=f"a placeholder decides whether {winner.rule.title} takes the request")
        self._won(winner, found)
        return self._answer(winner)

    def _nobody_listens(self) -> Outcome:
        if not self._entries.gateways(self._request):
            named = f" {self._request.gateway}" if self._request.gateway else ""
            return Outcome(OutcomeKind.UNKNOWN, reason=f"there is no Gateway{named} in these files")
        reason = f"no listener takes {self._request.host or '*'} at port {self._request.to_port}"
        return Outcome(OutcomeKind.ERROR, status=_NOT_FOUND, reason=reason)

    def _entered(self, entry: Entry) -> None:
        listener = entry.listener
        text = f"listener {listener.name} takes {listener.hostname or 'every host'} at port {listener.port} ({listener.protocol})"
        self._steps.append(Step("listener", subject_of(entry.holder), listener.place, text))

    def _won(self, winner: Candidate, found: list[Candidate]) -> None:
        rival = next((one for one in found[1:] if one.rank == winner.rank and one.rule.route is not winner.rule.route), None)
        text = f"rule {winner.rule.index + 1} takes the request"
        if rival is not None:
            text += f"; {rival.rule.title} matches as well, and wins if its route is older"
        self._steps.append(Step("rule", subject_of(winner.rule.route), winner.node, text))
        for one in found[1:]:
            lost = f"rule {one.rule.index + 1} matches as well; rule {winner.rule.index + 1} of {winner.rule.route.name} wins: "
            self._losers.append(Step("lost", subject_of(one.rule.route), one.node, lost + criterion(winner, one)))

    def _answer(self, winner: Candidate) -> Outcome:
        redirect = self._filtered(winner.rule, winner.rule.filters, winner.prefix)
        if redirect is not None:
            return Outcome(OutcomeKind.REDIRECT, redirect=redirect)
        backends = winner.rule.backend_refs
        if any(one.weight is None or is_open(one.name) for one in backends):
            return Outcome(OutcomeKind.UNKNOWN, reason=f"the backends of {winner.rule.title} are not settled")
        total = sum(one.weight or 0 for one in backends)
        if not total:
            words = "the rule has no backends" if not backends else "all weights of the rule are 0"
            return self._ended(Outcome(OutcomeKind.ERROR, status=_BROKEN, reason=words))
        return self._divided(winner, [one for one in backends if one.weight], total)

    def _divided(self, winner: Candidate, backends: list[BackendRef], total: int) -> Outcome:
        good, reasons = [], []
        for one in backends:
            share = 100 * (one.weight or 0) / total
            broken = self._broken(one, winner.rule.route)
            text = f"{percent(share)} to {one.name}" + (f": {broken}, so that they get {_BROKEN}" if broken else "")
            self._steps.append(Step("backend", Subject(one.name), one.name_node, text))
            if broken:
                reasons.append(broken)
                continue
            if len(backends) == 1:
                filters = tuple(mappings(one.node.get("filters")))
                redirect = self._filtered(winner.rule, filters, winner.prefix)
                if redirect is not None:
                    return Outcome(OutcomeKind.REDIRECT, redirect=redirect)
            good.append(self._backend(one, share))
            self._steps += self._behind(one)
        if not good:
            return self._ended(Outcome(OutcomeKind.ERROR, status=_BROKEN, reason=reasons[0]))
        outcome = Outcome(OutcomeKind.BACKENDS, tuple(good))
        return self._ended(outcome._replace(status=_BROKEN, reason=reasons[0]) if reasons else outcome)

    def _ended(self, outcome: Outcome) -> Outcome:
        changed = self._forwarded if self._forwarded != self._request else None
        return outcome._replace(mirrors=tuple(self._mirrors), forwarded=changed, removed=tuple(self._removed))

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

    def _behind(self, backend: BackendRef) -> Iterator[Step]:
        """The Service of a backend, by its port, and the workloads that it selects."""
        for service in self._services(backend)[:1]:
            for port in service.ports_numbered(backend.port) if backend.port is not None else ():
                text = f"port {port.port} leads to {port.target} on the pods"
                yield Step("service", subject_of(service), port.at("port"), text)
            for workload in self._unit.of(Selector).select(service).workloads:
                replicas = self._unit.of(Scaling).replicas(workload)
                low, high = replicas.low, replicas.high
                count = "an unknown number of" if not replicas.known else str(low) if low == high else f"{low} to {high}"
                yield Step("pods", subject_of(workload), workload.manifest.name_node, f"{count} pods")

    def _filtered(self, rule: RouteRule, filters: tuple[Mapping, ...], prefix: str | None) -> Redirect | None:
        """Takes the request through filters; ends at a redirect."""
        for one in filters:
            kind = name_text(one.get("type")) or ""
            node = one.get(FILTER_FIELDS.get(kind, ""))
            if not isinstance(node, Mapping):
                continue
            self._steps.append(Step("filter", Subject(kind), one.get("type") or one, f"{kind} changes the request"))
            if kind == "RequestRedirect":
                return redirected(node, self._forwarded, prefix)
            if kind == "URLRewrite":
                self._forwarded = rewritten(node, self._forwarded, prefix)
            elif kind == "RequestHeaderModifier":
                self._forwarded, removed = with_headers(node, self._forwarded)
                self._removed += removed
            elif kind == "RequestMirror":
                self._mirror(rule, node)
        return None

    def _mirror(self, rule: RouteRule, node: Mapping) -> None:
        found = next((one for one in rule.all_refs if one.node is node.get("backendRef")), None)
        if found is not None and not self._broken(found, rule.route):
            self._mirrors.append(self._backend(found, 100.0))

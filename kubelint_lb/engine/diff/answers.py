"""Where the requests of two trees go in each of them."""

from __future__ import annotations

from typing import NamedTuple

from kubelint_lb.engine.expectations import words_of
from kubelint_lb.engine.reading import Reading
from kubelint_lb.engine.recorded import requests_of
from kubelint_lb.engine.trace import trace
from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.service import Service
from kubelint_lb.source.place import Location, location
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.request import Backend, Outcome, OutcomeKind, Request, Trace
from kubelint_lb.traffic.selection import Selector
from kubelint_lb.traffic.world import World


class Target(NamedTuple):
    """Who answers in the end: pods of some workloads at a port, or, where those are not known, a Service by name."""

    names: tuple[str, ...]
    port: str


class Answer(NamedTuple):
    """What becomes of a request: `targets` with the percent that each gets, the rest of the outcome, and what backends see
    (`sight`, and `seen` in words); `words` for people."""

    kind: OutcomeKind
    targets: tuple[tuple[Target, float], ...]
    rest: tuple[object, ...]
    sight: tuple[object, ...]
    words: str
    seen: str
    status: int | None
    place: Location | None

    @property
    def served(self) -> bool:
        """Clients get an answer that is no error of the data plane."""
        return self.kind in {OutcomeKind.BACKENDS, OutcomeKind.REDIRECT}


def by_unit(reading: Reading) -> dict[str, World]:
    """The units of a tree by name, the first landing of each."""
    found: dict[str, World] = {}
    for one in reading.worlds:
        found.setdefault(one.objects.name, one)
    return found


def asked(worlds: dict[str, World]) -> dict[tuple[str, str], Request]:
    """The requests that the units name, by unit and request."""
    return {(world.objects.name, repr(request)): request for request, world in requests_of(worlds.values())}


def answer(world: World, reading: Reading, request: Request) -> Answer:
    """What becomes of a request in a unit."""
    found = trace(world, request, reading.scope.holds)
    outcome = found.outcome
    targets: dict[Target, float] = {}
    for one in outcome.backends:
        target = _target(world.objects, one)
        targets[target] = targets.get(target, 0.0) + one.share
    mirrors = tuple(sorted(_target(world.objects, one) for one in outcome.mirrors))
    seen = outcome.forwarded or request
    sight = (seen.path, seen.host, tuple(sorted(seen.headers.items())), tuple(sorted(outcome.removed)), mirrors)
    parts = tuple(sorted((target, round(share, 2)) for target, share in targets.items()))
    rest = (outcome.redirect, outcome.status)
    return Answer(outcome.kind, parts, rest, sight, words_of(outcome), _seen(outcome, request), _status(outcome), _place(found))


def _seen(outcome: Outcome, request: Request) -> str:
    """The request as backends see it, in words."""
    seen = outcome.forwarded or request
    added = [f"with {name}: {value}" for name, value in sorted(seen.headers.items()) if request.header(name) != value]
    removed = [f"without {name}" for name in sorted(outcome.removed)]
    copies = [f"copied to {one.namespace}/{one.name}" for one in outcome.mirrors]
    return ", ".join([f"{seen.host or '*'}{seen.path}", *added, *removed, *copies])


def _status(outcome: Outcome) -> int | None:
    return outcome.status if outcome.redirect is None else outcome.redirect.status


def _place(found: Trace) -> Location | None:
    steps = [one for one in found.steps if one.kind in {"rule", "listener"}]
    return location(steps[-1].node) if steps else None


def _target(unit: Objects, backend: Backend) -> Target:
    """The pods behind a backend: a Service of another name that leads to the same is no change."""
    for other in unit.cluster.companions(unit):
        for one in other.named(KINDS["Service"], backend.name):
            service = other.view(one)
            if (one.namespace or "default") != backend.namespace or not isinstance(service, Service):
                continue
            ports = service.ports_numbered(backend.port) if backend.port is not None else ()
            workloads = other.of(Selector).select(service).workloads
            if workloads and ports:
                return Target(tuple(sorted({one.title for one in workloads})), str(ports[0].target))
    return Target((f"{backend.kind} {backend.namespace}/{backend.name}",), str(backend.port))

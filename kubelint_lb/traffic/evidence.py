"""What is known of an object's references, in words: for who asks why a rule says what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kubelint_lb.source.place import Location, location
from kubelint_lb.traffic.graph import Edge, Graph
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.resolve import State

_ANSWERS = {State.FOUND: "found", State.MISSING: "missing", State.UNKNOWN: "unknown"}


class Evidence(NamedTuple):
    """One reference: the answer, in words what refers to what, where that is said, and where the objects meant stand."""

    answer: str
    words: str
    said: Location
    places: tuple[Location, ...] = ()


def evidence_of(subject: tuple[str, str | None, str], units: Iterable[Objects]) -> list[Evidence]:
    """The references from and to an object (kind, namespace, name) in some units; what several say alike is told once."""
    found: dict[Evidence, None] = {}
    for unit in units:
        graph = unit.of(Graph)
        for edge in graph.edges:
            if any((one.kind, one.namespace, one.name) == subject for one in (edge.source, *edge.targets)):
                found[_evidence(edge)] = None
    return list(found)


def _evidence(edge: Edge) -> Evidence:
    places = tuple(location(one.manifest.name_node) for one in edge.targets)
    return Evidence(_ANSWERS[edge.answer], " ".join(_words(edge)), location(edge.node), places)


def _words(edge: Edge) -> Iterator[str]:
    where = f"{edge.namespace}/" if edge.namespace else ""
    target = edge.targets[0].title if edge.targets else f"{edge.target.kind} {where}{edge.name}".rstrip()
    yield f"{edge.role.value} of {edge.source.title}: {target}"
    if edge.answer is State.MISSING and edge.near is not None:
        yield f"(near: {edge.near.title})"
    elif edge.answer is State.UNKNOWN:
        yield "is not in these files, and may be elsewhere"
    elif edge.answer is State.FOUND and not edge.targets:
        yield "is made by something else"

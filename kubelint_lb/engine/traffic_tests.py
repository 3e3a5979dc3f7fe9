"""Runs files of traffic expectations: what does not hold is a finding, in the file of expectations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from kubelint_lb.config.expectation_file import ExpectationFile
from kubelint_lb.detectors.api import Issue
from kubelint_lb.engine.detect import Hit, hit_of
from kubelint_lb.engine.expectations import differs
from kubelint_lb.engine.reading import Reading
from kubelint_lb.engine.requests import Asked, read_line
from kubelint_lb.engine.trace import trace_over
from kubelint_lb.kube.ingress import Ingress
from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.refers import Role
from kubelint_lb.kube.route import Route
from kubelint_lb.report.finding import Report
from kubelint_lb.settings.errors import FileError, Mistake, UsageError
from kubelint_lb.source.node import Node
from kubelint_lb.traffic.graph import Graph
from kubelint_lb.traffic.meetings import Meetings
from kubelint_lb.traffic.request import OutcomeKind, Request, Trace
from kubelint_lb.traffic.world import World, distinct

RULE = "traffic-expectation-failed"


class Tested(NamedTuple):
    """The report on what does not hold, and how many expectations hold, of how many."""

    report: Report
    held: int
    size: int


def run_tests(files: Sequence[ExpectationFile], reading: Reading) -> Tested:
    """Holds all expectations of some files against what was read. Raises FileError for requests and units that there are not."""
    found = [hits for one in files for hits in _hits(one, _relative(one, reading), reading)]
    report = reading.report_of([hit for hits in found for hit in hits])
    return Tested(report, sum(not hits for hits in found), len(found))


def request_of(entry: dict[str, Any]) -> Request:
    """The request of an expectation. Raises UsageError."""
    headers = tuple(f"{name}: {value}" for name, value in entry.get("headers", {}).items())
    words = {key: entry.get(key, "") for key in ("gateway", "service")}
    return read_line(
        entry["request"], Asked(headers, ingress_class=entry.get("class", ""), client=entry.get("from", ""), **words)
    )


def _relative(file: ExpectationFile, reading: Reading) -> str:
    try:
        return file.file.relative_to(reading.scope.root).as_posix()
    except ValueError:
        raise UsageError(f"{file.file} lies outside of {reading.scope.root}, the tree that it is about") from None


def _hits(file: ExpectationFile, path: str, reading: Reading) -> Iterator[list[Hit]]:
    """What is found of each expectation, in order."""
    root = file.root(path)
    for key, check in (("tests", _tested), ("always", _held)):
        for index, entry in enumerate(file.data.get(key, ())):
            node = root.get(key, index) if root is not None else None
            if node is not None:
                yield list(check(entry, node, file, reading))


def _held(entry: dict[str, Any], node: Node, _file: ExpectationFile, reading: Reading) -> Iterator[Hit]:
    for world in distinct(reading.worlds):
        found = _has_tls(world, entry, node) if "every-host" in entry else _only_from(world, entry, node)
        yield from (hit_of(RULE, issue, issue.owner, world.objects.name) for issue in found)


def _tested(entry: dict[str, Any], node: Node, file: ExpectationFile, reading: Reading) -> Iterator[Hit]:
    try:
        request = request_of(entry)
    except UsageError as error:
        raise FileError([Mistake(str(file.file), *(node.get("request") or node).span[:2], str(error))]) from None
    worlds = _meant(entry, node, file, reading)
    found = trace_over(worlds, request, reading.scope.holds)
    issue = _compared(entry, node, request, found)
    if issue is not None:
        yield hit_of(RULE, issue, None, worlds[0].objects.name if worlds else "")


def _meant(entry: dict[str, Any], node: Node, file: ExpectationFile, reading: Reading) -> list[World]:
    name = entry.get("unit")
    worlds = [one for one in reading.worlds if name is None or one.objects.name == name]
    if name is not None and not worlds:
        there = ", ".join(sorted({one.objects.name for one in reading.worlds}))
        words = f"there is no unit {name}; there are {there or 'none'}"
        raise FileError([Mistake(str(file.file), *(node.get("unit") or node).span[:2], words)])
    return worlds


def _compared(entry: dict[str, Any], node: Node, request: Request, found: Trace) -> Issue | None:
    difference = differs(entry["expect"], found.outcome, request)
    if difference is None:
        return None
    name = entry.get("name") or entry["request"]
    expected, actual = difference
    place = node.get("expect") or node
    if found.outcome.kind is OutcomeKind.UNKNOWN:
        issue = Issue(place, "unknown", request=name, expected=expected, reason=found.outcome.reason)
    else:
        issue = Issue(place, "differs", request=name, expected=expected, actual=actual)
    for step in found.steps:
        if step.kind in {"rule", "backend"}:
            issue = issue.related(step.node, f"{step.subject.title}: {step.text}")
    return issue


def _has_tls(world: World, entry: dict[str, Any], node: Node) -> Iterator[Issue]:
    """An issue for each host that is served without TLS: of Ingresses without a certificate for it, of routes without a listener
    that ends or passes TLS."""
    excepted = entry.get("except", ())
    unit = world.objects
    for view in unit.all("Ingress", "HTTPRoute", "GRPCRoute"):
        if isinstance(view, Ingress):
            bare = {host: place for host, place in view.host_nodes.items() if not any(one.covers(host) for one in view.tls)}
            why = f"no entry of tls of {view.title} covers it"
        elif isinstance(view, Route):
            meetings = list(unit.of(Meetings).of_route(view))
            secure = not meetings or any(one.listener.is_encrypted for one in meetings)
            bare = {} if secure else {one.text: one for one in view.hostnames}
            why = f"no listener of {view.title} has TLS"
        for host, place in bare.items():
            if not any(fnmatchcase(host, pattern) for pattern in excepted):
                yield Issue(place, "no-tls", host=host, why=why).about(view.manifest).related(node, "who says so")


def _only_from(world: World, entry: dict[str, Any], node: Node) -> Iterator[Issue]:
    """An issue for each reference to a Service from an Ingress or route that may not send to it."""
    allowed = entry["only-from"]
    for edge in world.objects.of(Graph).edges:
        if edge.role is not Role.BACKEND or edge.target != KINDS["Service"]:
            continue
        if not _is_any(edge.namespace, edge.name, entry["services"]):
            continue
        if not _is_any(edge.source.namespace, edge.source.name, allowed):
            words = {"route": edge.source.title, "service": f"{edge.namespace or 'default'}/{edge.name}"}
            issue = Issue(edge.node, "not-allowed", **words, allowed=", ".join(allowed))
            yield issue.about(edge.source.manifest).related(node, "who says so")


def _is_any(namespace: str | None, name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(f"{namespace or 'default'}/{name}", pattern) for pattern in patterns)

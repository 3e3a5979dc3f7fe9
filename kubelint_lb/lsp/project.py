"""A tree as an editor sees it: files of the disk under the texts of open documents, read again as they change.

A document that did not change is parsed once. While somebody types, rules look at the objects of open documents and at those that
had something to say of them when they were opened or saved, with all others as context.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.config.config import load_settings
from kubelint_lb.deploy.scope import Scope
from kubelint_lb.deploy.tree import paused_collector
from kubelint_lb.engine.run import Run
from kubelint_lb.engine.settle import object_id
from kubelint_lb.kube.service import Service
from kubelint_lb.report.finding import Finding, ObjectId
from kubelint_lb.settings.severity import Severity
from kubelint_lb.source.document import Document
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.place import Location, location
from kubelint_lb.traffic.behind import Behind
from kubelint_lb.traffic.graph import Edge, Graph
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.world import distinct, worlds_of


class Definition(NamedTuple):
    """What a word in a document refers to: where that stands, and a line on what is behind it."""

    places: tuple[Location, ...]
    text: str


class ParsedTexts:
    """Documents of texts, kept by file until the text is another."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, list[Document]]] = {}

    def __call__(self, text: str, path: str, wanted: Callable[[str], bool] | None = None, /) -> list[Document]:
        """The documents of a text."""
        known = self._kept.get(path)
        if known is None or known[0] != text:
            known = self._kept[path] = (text, parse_text(text, path, wanted))
        return known[1]


class Project:
    """One root, with the texts of open documents by their paths below it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.texts: dict[str, str] = {}
        self._parsed = ParsedTexts()
        self._units: list[Objects] = []
        # The objects by which something was found in open documents when all were looked at.
        self._speaking: frozenset[ObjectId | None] = frozenset()

    def findings(self, *, all_objects: bool = True) -> dict[str, list[Finding]]:
        """What is found in each open document, by all objects of the tree or by those that spoke of it before.

        Raises UsageError for mistakes in the configuration.
        """
        with paused_collector():
            settings = load_settings([self.root])._replace(severity=Severity.INFO, fail_on=None)
            root = settings.root or self.root
            overlay = self.overlay(root)
            # As folders, not as files: what a commit would take away is no business of an editor.
            run = Run(settings._replace(root=root), Scope(root, frozenset(), tuple(overlay)), overlay, self._parsed)
            if not all_objects:
                run.look_only_at(lambda one: one.path in overlay or object_id(one) in self._speaking)
            report = run.report()
            self._units = [one.objects for one in distinct(worlds_of(run.read().plan))]
        found: dict[str, list[Finding]] = {path: [] for path in self.texts}
        for one in report.findings:
            if one.location.path in found:
                found[one.location.path].append(one)
        if all_objects:
            self._speaking = frozenset(object_id(hit.handed) for hit in run.hits if hit.issue.node.path in overlay)
        return found

    def overlay(self, root: Path) -> Mapping[str, str]:
        """The open texts by their paths below a root."""
        if root == self.root:
            return self.texts
        return {(self.root / path).relative_to(root).as_posix(): text for path, text in self.texts.items()}

    def definition(self, path: str, line: int, column: int) -> Definition | None:
        """What the reference at a place (1-based) leads to, as of the last reading; None where there is none."""
        for unit in self._units:
            for edge in unit.of(Graph).edges:
                if edge.node.path == path and edge.node.span.touches(line, column):
                    return Definition(tuple(location(one.manifest.name_node) for one in edge.targets), _words(edge, unit))
        return None


def _words(edge: Edge, unit: Objects) -> str:
    if not edge.targets:
        return f"{edge.target.kind} {edge.name}: {edge.answer.value}"
    lines = [edge.targets[0].title]
    for one in edge.targets[:1]:
        if isinstance(one, Service):
            steps = unit.of(Behind).steps(one, one.ports)
            lines += [f"- {step.subject.title}: {step.text}" for step in steps]
    return "\n".join(lines)

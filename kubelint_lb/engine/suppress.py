"""Takes out what people chose not to see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from kubelint_lb.deploy.tree import Tree
from kubelint_lb.engine.detect import CRASHED
from kubelint_lb.engine.directives import Directive, annotation_directives, comment_directives
from kubelint_lb.engine.settle import Mark, Settled, StateOf
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.render.origin import RenderedDocument
from kubelint_lb.report.finding import Finding, Related, Suppressed
from kubelint_lb.settings.settings import ObjectSuppression
from kubelint_lb.source.node import Node
from kubelint_lb.source.place import Location

# The rule about suppressions themselves.
UNUSED = "unused-suppression"
# What a suppression must never hide: that the tool failed.
_NEVER = frozenset({CRASHED})


class Outcome(NamedTuple):
    """Findings that stay, and those that were suppressed."""

    kept: list[Settled]
    suppressed: list[Settled]

    def less(self, known: Collection[Mark], why: Suppressed) -> Outcome:
        """Some more findings are suppressed."""
        taken = [one._replace(finding=one.finding._replace(suppressed=why)) for one in self.kept if one.mark in known]
        return Outcome([one for one in self.kept if one.mark not in known], [*self.suppressed, *taken])


def directives_of(tree: Tree) -> list[Directive]:
    """Every suppression in the files and objects that were read, in order of place."""
    by_file: dict[str, list[Manifest]] = {}
    found: list[Directive] = []
    for manifest in (*tree.manifests, *tree.rendered):
        by_file.setdefault(manifest.path, []).append(manifest)
        found += annotation_directives(manifest)
    for path, source in tree.sources.items():
        found += comment_directives(source, by_file.get(path, []))
    # A template that makes several objects, or one in several units, says it once.
    return sorted(dict.fromkeys(found), key=lambda one: (one.path, one.span, one.rule))


class _Index:
    """Directives by what they speak for: an object, or lines; a dump may hold thousands."""

    def __init__(self, directives: Iterable[Directive]) -> None:
        # Objects by their nodes: the same object in several units is one in the file.
        self._of_objects: dict[tuple[str, int], list[Directive]] = {}
        self._of_lines: dict[tuple[str, str, int], list[Directive]] = {}
        self._in_files: dict[tuple[str, str], list[Directive]] = {}
        for one in directives:
            if one.manifest is not None:
                self._of_objects.setdefault((one.rule, id(one.manifest.node)), []).append(one)
            if one.manifest is not None or one.first < one.last:
                self._in_files.setdefault((one.rule, one.path), []).append(one)
            else:
                self._of_lines.setdefault((one.rule, one.path, one.first), []).append(one)

    def speaking_for(self, settled: Settled) -> list[Directive]:
        """The directives that cover a finding, in order of place."""
        rule, node, owner = settled.finding.rule, settled.node, settled.owner
        found = self._of_lines.get((rule, node.path, node.span.line), [])
        if owner is None:
            found = found + self._around(rule, node)
        elif isinstance(owner.node.document, RenderedDocument):
            # A rendered object is spoken for where its source is, whatever file sets the value in question.
            found = found + self._around(rule, owner.node.document.fallback)
        else:
            found = found + self._of_objects.get((rule, id((owner.container or owner).node)), [])
        return sorted(found, key=lambda one: (one.path, one.span))

    def _around(self, rule: str, node: Node) -> list[Directive]:
        line = node.span.line
        return [one for one in self._in_files.get((rule, node.path), ()) if one.first <= line <= one.last]


class Suppressions:
    """What hides findings: directives in manifests, and what configuration says of paths and objects.

    `used` are the directives that have hidden something so far, or did until they ended. `today` is YYYY-MM-DD.
    """

    def __init__(
        self, directives: Iterable[Directive], objects: Sequence[ObjectSuppression], state_of: StateOf, today: str
    ) -> None:
        self._directives = _Index(directives)
        self._objects = objects
        self._state_of = state_of
        self._today = today
        self.used: set[Directive] = set()

    def sift(self, settled: Iterable[Settled]) -> Outcome:
        """Takes out what is hidden; what is back since a suppression ended says so."""
        kept, suppressed = [], []
        for one in settled:
            hiding = [] if one.finding.rule in _NEVER else list(self._hiding(one))
            reason = next((word for word, until in hiding if until is None or until >= self._today), None)
            if reason is not None:
                suppressed.append(one._replace(finding=one.finding._replace(suppressed=reason)))
            else:
                kept.append(_with_notes(one, hiding))
        return Outcome(kept, suppressed)

    def _hiding(self, one: Settled) -> Iterator[tuple[Suppressed, str | None]]:
        """What hides a finding, with the last day it does, strongest first."""
        finding = one.finding
        hiding = self._directives.speaking_for(one)
        self.used.update(hiding)
        for first in hiding:
            yield Suppressed(first.kind, first.reason, Location(first.path, first.span)), first.last_day
        ignored = self._state_of(finding.rule, finding.location.path).ignored
        if ignored is not None:
            entry, word = ignored
            yield Suppressed("per-path", entry.reason, word.location), entry.until
        for suppression in self._objects:
            if names(suppression, finding):
                yield Suppressed("object", suppression.reason, suppression.location), suppression.until


def _with_notes(one: Settled, ended: Iterable[tuple[Suppressed, str | None]]) -> Settled:
    notes = [Related(word.location, f"the suppression here held until {until}") for word, until in ended if word.location]
    finding = one.finding
    return one._replace(finding=finding._replace(related=(*finding.related, *notes))) if notes else one


def names(suppression: ObjectSuppression, finding: Finding) -> bool:
    """Whether a suppression by identity speaks of a finding's object."""
    about = finding.object
    if about is None or suppression.rule != finding.rule:
        return False
    pairs = ((suppression.kind, about.kind), (suppression.namespace, about.namespace or ""), (suppression.name, about.name))
    return all(pattern is None or fnmatchcase(value, pattern) for pattern, value in pairs)

"""Takes out what people chose not to see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from kubelint_lb.engine.detect import CRASHED
from kubelint_lb.engine.directives import Directive, annotation_directives, comment_directives
from kubelint_lb.engine.finding import Finding, Location, Suppressed
from kubelint_lb.engine.read import Tree
from kubelint_lb.engine.settings import ObjectSuppression
from kubelint_lb.engine.settle import Settled, StateOf
from kubelint_lb.model.manifest import Manifest

# The rule about suppressions themselves.
UNUSED = "unused-suppression"
# What a suppression must never hide: that the tool failed.
_NEVER = frozenset({CRASHED})


class Sifted(NamedTuple):
    """Findings that stay, and those that were suppressed."""

    kept: list[Settled]
    suppressed: list[Settled]


def directives_of(tree: Tree) -> list[Directive]:
    """Every suppression in the files and objects that were read, in order of place."""
    by_file: dict[str, list[Manifest]] = {}
    found: list[Directive] = []
    for manifest in tree.manifests:
        by_file.setdefault(manifest.path, []).append(manifest)
        found += annotation_directives(manifest)
    for path, source in tree.sources.items():
        found += comment_directives(source, by_file.get(path, []))
    return sorted(found, key=lambda one: (one.path, one.span, one.rule))


class _Index:
    """Directives by what they speak for: an object, or a line; a dump may hold thousands."""

    def __init__(self, directives: Iterable[Directive]) -> None:
        self._of_objects: dict[tuple[str, Manifest], list[Directive]] = {}
        self._of_lines: dict[tuple[str, str, int], list[Directive]] = {}
        self._in_files: dict[tuple[str, str], list[Directive]] = {}
        for one in directives:
            if one.manifest is None:
                self._of_lines.setdefault((one.rule, one.path, one.first), []).append(one)
            else:
                self._of_objects.setdefault((one.rule, one.manifest), []).append(one)
                self._in_files.setdefault((one.rule, one.path), []).append(one)

    def speaking_for(self, settled: Settled) -> list[Directive]:
        """The directives that cover a finding, in order of place."""
        rule, node, owner = settled.finding.rule, settled.node, settled.owner
        line = node.span.line
        found = self._of_lines.get((rule, node.path, line), [])
        if owner is not None:
            found = found + self._of_objects.get((rule, owner.container or owner), [])
        else:
            found = found + [one for one in self._in_files.get((rule, node.path), ()) if one.first <= line <= one.last]
        return sorted(found, key=lambda one: (one.path, one.span))


class Sieve:
    """What hides findings: directives in manifests, and what configuration says of paths and objects.

    `used` are the directives that have hidden something so far. `today` is YYYY-MM-DD.
    """

    def __init__(
        self, directives: Iterable[Directive], objects: Sequence[ObjectSuppression], state_of: StateOf, today: str
    ) -> None:
        self._directives = _Index(directives)
        self._objects = objects
        self._state_of = state_of
        self._today = today
        self.used: set[Directive] = set()

    def sift(self, settled: Iterable[Settled]) -> Sifted:
        """Takes out what is hidden."""
        kept, suppressed = [], []
        for one in settled:
            reason = None if one.finding.rule in _NEVER else self._reason(one)
            if reason is None:
                kept.append(one)
            else:
                suppressed.append(one._replace(finding=one.finding._replace(suppressed=reason)))
        return Sifted(kept, suppressed)

    def _reason(self, one: Settled) -> Suppressed | None:
        finding = one.finding
        hiding = self._directives.speaking_for(one)
        self.used.update(hiding)
        if hiding:
            first = hiding[0]
            return Suppressed(first.kind, first.reason, Location(first.path, first.span))
        ignored = self._state_of(finding.rule, finding.location.path).ignored
        if ignored is not None:
            entry, word = ignored
            return Suppressed("per-path", entry.reason, word.location)
        for suppression in self._objects:
            if names(suppression, finding) and not (suppression.until and suppression.until < self._today):
                return Suppressed("object", suppression.reason, suppression.location)
        return None


def names(suppression: ObjectSuppression, finding: Finding) -> bool:
    """Whether a suppression by identity speaks of a finding's object."""
    about = finding.object
    if about is None or suppression.rule != finding.rule:
        return False
    pairs = ((suppression.kind, about.kind), (suppression.namespace, about.namespace or ""), (suppression.name, about.name))
    return all(pattern is None or fnmatchcase(value, pattern) for pattern, value in pairs)

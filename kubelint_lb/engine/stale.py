"""What is wrong with suppressions: they hide nothing, name no rule, end on no day that there is, or give no reason.

Quiet where more could be read another time: what hides nothing now may be about an object that is not rendered yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.deploy.skipped import SkipReason
from kubelint_lb.detectors.api import Issue
from kubelint_lb.detectors.issue import Word
from kubelint_lb.engine.detect import Hit
from kubelint_lb.engine.fingerprint import Field
from kubelint_lb.engine.suppress import UNUSED, names
from kubelint_lb.settings.errors import did_you_mean
from kubelint_lb.source.discover import matcher
from kubelint_lb.source.document import Document, Fault
from kubelint_lb.source.files import read_file
from kubelint_lb.source.text import SourceText

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from kubelint_lb.catalogue.catalogue import Catalogue
    from kubelint_lb.deploy.tree import Tree
    from kubelint_lb.engine.directives import Directive
    from kubelint_lb.engine.rule_states import RuleStates
    from kubelint_lb.report.finding import Finding
    from kubelint_lb.settings.settings import ObjectSuppression, PerPath, Settings
    from kubelint_lb.source.place import Location
    from kubelint_lb.source.span import Span

# What may hold objects once it is rendered, decrypted or repaired.
_UNREAD = frozenset({SkipReason.TEMPLATE, SkipReason.PARTIAL, SkipReason.ENCRYPTED, SkipReason.UNREADABLE})


class Stale(NamedTuple):
    """What is known when suppressions are judged; `enabled` are the rules that ran somewhere."""

    tree: Tree
    settings: Settings
    catalogue: Catalogue
    states: RuleStates
    enabled: frozenset[str]

    def directives(self, directives: Iterable[Directive], used: Collection[Directive]) -> Iterator[Hit]:
        """What is wrong with comments and annotations, of which some were `used`."""
        known = self.catalogue.outlines
        for directive in directives:
            if directive.rule not in known:
                nearest = did_you_mean(directive.rule, known)
                yield self._about(directive, "unknown-rule", nearest=nearest)
            elif directive in used:
                if directive.until is not None and directive.last_day is None:
                    yield self._about(directive, "bad-until", day=directive.until)
                elif not directive.reason:
                    yield self._about(directive, "no-reason")
            elif self._ran_in(directive.rule, directive.path) and self._was_read_whole(directive.path):
                yield self._about(directive, "unused")

    def configured(self, root: Path, findings: Collection[Finding]) -> Iterator[Hit]:
        """What is wrong with the configuration's suppressions, seen from a run over the whole root.

        `findings` are all there were before anything was hidden.
        """
        places = _Places(self.tree, root)
        for entry in self.settings.per_path:
            yield from self._per_path(entry, findings, places)
        for suppression in self.settings.objects:
            yield from self._object(suppression, findings, places)

    def _about(self, directive: Directive, key: str, **words: Word) -> Hit:
        source = self.tree.sources[directive.path]
        issue = Issue(PlaceOfWords(source, directive.span), key, name=directive.rule, **words)
        return Hit(UNUSED, issue, directive.manifest, "", Field("", directive.rule))

    def _ran_in(self, rule: str, path: str) -> bool:
        return rule in self.enabled and not self.states.state(self.catalogue.rules[rule], path).off

    def _was_read_whole(self, path: str) -> bool:
        tree = self.tree
        folder = path.rpartition("/")[0]
        # With other values a template makes other objects.
        whole = not (path in tree.unread_files or folder in tree.unread_folders or path in tree.layout.patched_files)
        return whole and not tree.layout.in_chart(path)

    def _per_path(self, entry: PerPath, findings: Collection[Finding], places: _Places) -> Iterator[Hit]:
        matches = matcher(entry.paths)
        if matches is None:
            return
        for word in entry.ignore:
            rules = self.catalogue.named_by(word.selector)
            if word.location is None or not self._ran(rules):
                continue
            if any(one.rule in rules and matches(one.location.path) for one in findings):
                if not entry.reason:
                    yield _configured(places, word.location, "no-reason", word.selector)
            elif not any(matches(one.path) for one in self.tree.skipped if one.reason in _UNREAD):
                yield _configured(places, word.location, "unused", word.selector)

    def _ran(self, rules: set[str]) -> bool:
        """All of these rules that a plain run would run did run, and at least one of them."""
        expected = rules & self.catalogue.select((), (), self.settings.profile)
        return bool(rules & self.enabled) and expected <= self.enabled

    def _object(self, one: ObjectSuppression, findings: Collection[Finding], places: _Places) -> Iterator[Hit]:
        if one.location is None or one.rule not in self.enabled:
            return
        if any(names(one, finding) for finding in findings):
            if not one.reason:
                yield _configured(places, one.location, "no-reason", one.rule)
        elif not any(skipped.reason in _UNREAD for skipped in self.tree.skipped):
            yield _configured(places, one.location, "unused", one.rule)


class PlaceOfWords(Fault):
    """A node that stands for a comment or a word of the configuration, so that a finding can point at it."""

    __slots__ = ("where",)

    def __init__(self, source: SourceText, where: Span) -> None:
        super().__init__(Document(source, 0, 0), 0, "place", "")
        self.where = where

    @property
    def span(self) -> Span:
        """The place itself."""
        return self.where


class _Places:
    """Nodes in configuration files, which are no manifests; their texts join those that findings show."""

    def __init__(self, tree: Tree, root: Path) -> None:
        self._tree = tree
        self._root = root

    def at(self, location: Location) -> PlaceOfWords:
        source = self._tree.sources.get(location.path)
        if source is None:
            try:
                text = read_file(self._root / location.path).decode("utf-8", "replace")
            except OSError:  # another revision need not have had it
                text = ""
            source = self._tree.sources[location.path] = SourceText(location.path, text)
        return PlaceOfWords(source, location.span)


def _configured(places: _Places, location: Location, key: str, name: str) -> Hit:
    return Hit(UNUSED, Issue(places.at(location), key, name=name), None, "", Field("", name))

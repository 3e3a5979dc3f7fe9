"""From what detectors yield to findings: severity, words, places, fingerprints; the same finding of several units is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from kubelint_lb.detectors.api import Issue
from kubelint_lb.engine.catalogue import Catalogue
from kubelint_lb.engine.detect import Hit
from kubelint_lb.engine.finding import Edit, Finding, Fix, Location, ObjectId, Related
from kubelint_lb.engine.fingerprint import fingerprint
from kubelint_lb.engine.resolve import RuleState
from kubelint_lb.engine.rule import Rule
from kubelint_lb.model.manifest import Manifest
from kubelint_lb.source.node import Node


class Settled(NamedTuple):
    """A finding with what suppressions need to know of it: its node and its object."""

    finding: Finding
    node: Node
    owner: Manifest | None


StateOf = Callable[[str, str], RuleState]


def settle(hits: Iterable[Hit], catalogue: Catalogue, state_of: StateOf) -> list[Settled]:
    """The findings in order: path, position, rule, message. `state_of` tells how a rule (by name) holds in a file."""
    settled = [
        _settle(hit, tuple(sorted(filter(None, units))), catalogue, state_of)
        for group in _by_place(hits).values()
        for hit, units in _merged(group)
    ]
    settled.sort(key=_order)
    return _with_fingerprints(settled)


class _Found(NamedTuple):
    """A hit, and the units that it is found in."""

    hit: Hit
    units: set[str]


_Words: TypeAlias = "tuple[tuple[str, str], ...]"


def _by_place(hits: Iterable[Hit]) -> dict[tuple[object, ...], dict[_Words, _Found]]:
    """Hits of one rule at one place of the sources, by their words."""
    found: dict[tuple[object, ...], dict[_Words, _Found]] = {}
    for hit in hits:
        issue = hit.issue
        key = (hit.rule, issue.key, issue.node.path, issue.node.span, _places(issue))
        group = found.setdefault(key, {})
        group.setdefault(_sorted_words(issue), _Found(hit, set())).units.add(hit.unit)
    return found


def _merged(group: Mapping[_Words, _Found]) -> list[_Found]:
    """One finding where the words tell overlays apart (their namespaces, prefixes): no unit has two of them."""
    found = list(group.values())
    units = [unit for one in found for unit in one.units]
    if len(found) > 1 and len(set(units)) == len(units):
        return [_Found(found[0].hit, set(units))]
    return found


def _order(one: Settled) -> tuple[object, ...]:
    finding = one.finding
    return finding.location.path, finding.location.span, finding.rule, finding.message


def _sorted_words(issue: Issue) -> _Words:
    return tuple(sorted((name, str(word)) for name, word in issue.words.items()))


def _places(issue: Issue) -> tuple[object, ...]:
    return tuple((node.path, node.span) for node, _ in issue.relations)


def _settle(hit: Hit, units: tuple[str, ...], catalogue: Catalogue, state_of: StateOf) -> Settled:
    rule = catalogue.rules[hit.rule]
    issue = hit.issue
    message = rule.messages[issue.key]
    owner = issue.owner or hit.handed
    finding = Finding(
        rule=rule.name,
        family=rule.family,
        message_key=issue.key,
        severity=state_of(rule.name, issue.node.path).severity(issue.key),
        confidence=rule.confidence,
        message=message.text.format_map(issue.words),
        help=catalogue.words(rule.name).help,
        url=rule.url,
        location=location(issue.node),
        object=object_id(owner),
        field=hit.field.path,
        units=units,
        related=tuple(Related(location(node), words) for node, words in issue.relations),
        fix=_fix(rule, issue),
        fingerprint=hit.field.identity,
    )
    return Settled(finding, issue.node, owner)


def _with_fingerprints(settled: Sequence[Settled]) -> list[Settled]:
    """The field's identity, kept so far in place of the fingerprint, becomes one; equals are told apart by their order."""
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    result = []
    for one in settled:
        finding = one.finding
        about = finding.object
        identity = one.owner.identity if one.owner is not None else ("", "")
        parts = (
            finding.rule,
            finding.message_key,
            *identity,
            (about.namespace or "") if about else "",
            about.name if about else "",
            finding.fingerprint,
        )
        digits = fingerprint(parts, counts[parts])
        counts[parts] += 1
        result.append(Settled(finding._replace(fingerprint=digits), one.node, one.owner))
    return result


def location(node: Node) -> Location:
    """Where a node stands."""
    return Location(node.path, node.span)


def object_id(manifest: Manifest | None) -> ObjectId | None:
    """What a manifest is."""
    if manifest is None:
        return None
    return ObjectId(manifest.api_version, manifest.kind, manifest.namespace, manifest.name)


def _fix(rule: Rule, issue: Issue) -> Fix | None:
    if not issue.edits:
        return None
    safety = "safe" if rule.safe_fix else "unsafe"
    return Fix(issue.fix_title, safety, tuple(Edit(location(edit.node), edit.text) for edit in issue.edits))

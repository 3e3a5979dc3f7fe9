"""From what detectors yield to findings: severity, words, places, fingerprints; the same finding of several units is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from kubelint_lb.catalogue.catalogue import Catalogue
from kubelint_lb.catalogue.rule import Rule
from kubelint_lb.detectors.api import Issue
from kubelint_lb.engine.detect import Hit
from kubelint_lb.engine.fingerprint import fingerprint, path_of
from kubelint_lb.engine.rule_states import RuleState
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.report.finding import Edit, Finding, Fix, ObjectId, Related
from kubelint_lb.settings.severity import Severity
from kubelint_lb.source.node import Node
from kubelint_lb.source.place import location
from kubelint_lb.source.steps import uses_of

# A list of names that people still read.
_MOST_NAMED = 4


class Mark(NamedTuple):
    """By what a finding is known again: all that its fingerprint is made of. Findings with equal `kin` are told apart by
    their `ordinal`, their place among equals (0-based); `path` helps to tell which of them is new."""

    kin: tuple[str, ...]
    ordinal: int
    path: str


class Settled(NamedTuple):
    """A finding with what suppressions need to know of it: its node, its object, and its mark."""

    finding: Finding
    node: Node
    owner: Manifest | None
    mark: Mark


class Settlement(NamedTuple):
    """The findings that concern what was asked for, and the marks of all others."""

    settled: list[Settled]
    others: list[Mark]


StateOf = Callable[[str, str], RuleState]
Concerns = Callable[[Hit, tuple[str, ...]], bool]


def settle(hits: Iterable[Hit], catalogue: Catalogue, state_of: StateOf, concerns: Concerns = lambda *_: True) -> Settlement:
    """The findings in order: path, position, rule, message. `state_of` tells how a rule (by name) holds in a file.

    Fingerprints are the same whatever `concerns` leaves out.
    """
    merged = [found for group in _by_place(_not_said_better([*hits], catalogue)).values() for found in _merged([*group.values()])]
    drafts = [_draft(one, catalogue) for one in merged]
    drafts.sort(key=_order)
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    settled, others = [], []
    for draft in drafts:
        kin = kin_of(draft.hit)
        mark = Mark(kin, counts[kin], draft.hit.issue.node.path)
        counts[kin] += 1
        if any(concerns(hit, draft.units) for hit in (draft.hit, *draft.also)):
            settled.append(_settle(draft, mark, catalogue, state_of))
        else:
            others.append(mark)
    return Settlement(settled, others)


# Says what the API server refuses in general words; a rule that knows more of the same place says it better.
_GENERAL = "api_server"


def _not_said_better(hits: list[Hit], catalogue: Catalogue) -> list[Hit]:
    """The hits without those in general words where a rule of its own speaks of the same lines: one problem, one finding."""
    general = {name for name, outline in catalogue.outlines.items() if outline.family == _GENERAL}
    special: dict[tuple[str, int], int] = {}
    for hit in hits:
        if hit.rule not in general:
            special[_line(hit)] = max(special.get(_line(hit), 0), _severity(hit, catalogue).rank)
    return [hit for hit in hits if hit.rule not in general or _severity(hit, catalogue).rank > special.get(_line(hit), -1)]


def _severity(hit: Hit, catalogue: Catalogue) -> Severity:
    rule = catalogue.rules[hit.rule]
    return rule.messages[hit.issue.key].severity or rule.severity


def _line(hit: Hit) -> tuple[str, int]:
    return hit.issue.node.path, hit.issue.node.span.line


class _Found(NamedTuple):
    """A hit, the units that it is found in, where the value is said for these, and the other uses of the same text."""

    hit: Hit
    units: set[str]
    definitions: dict[Related, None]
    also: tuple[Hit, ...] = ()


_Words: TypeAlias = "tuple[tuple[str, str], ...]"
# What a hit says: its words and its related places.
_Said: TypeAlias = "tuple[_Words, tuple[object, ...]]"


def _by_place(hits: Iterable[Hit]) -> dict[tuple[object, ...], dict[_Said, _Found]]:
    """Hits of one rule at one place of the sources, by their words and related places."""
    found: dict[tuple[object, ...], dict[_Said, _Found]] = {}
    for hit in hits:
        issue = hit.issue
        group = found.setdefault((hit.rule, issue.key, issue.node.path, issue.node.span), {})
        found_here = group.setdefault((_sorted_words(issue), _places(issue)), _Found(hit, set(), {}))
        found_here.units.add(hit.unit)
        found_here.definitions.update((Related(location(node), words), None) for node, words in hit.definitions)
    return found


def _merged(found: list[_Found]) -> list[_Found]:
    """One finding for a text that several objects or fields use, be it in several overlays (which words or related places tell
    apart: namespaces, prefixes, what each adds) or through an anchor: whoever mends it mends all."""
    if len(found) > 1 and _is_used_again(found):
        first, *others = found
        units = {unit for one in found for unit in one.units}
        definitions = {place: None for one in found for place in one.definitions}
        relations = (relation for one in others for relation in one.hit.issue.relations)
        definitions.update((Related(location(node), words), None) for node, words in relations)
        return [_Found(first.hit, units, definitions, tuple(one.hit for one in others))]
    return found


def _is_used_again(found: Sequence[_Found]) -> bool:
    """Each of the hits is about another use of the text: another object or field, or an alias of it."""
    if len({(id(one.hit.issue.owner or one.hit.handed), one.hit.field.path) for one in found}) == len(found):
        return True
    hit = found[0].hit
    owner = hit.issue.owner or hit.handed
    return owner is not None and len(uses_of(owner.node, hit.issue.node)) > 1


class _Draft(NamedTuple):
    """A hit with its message and its units, and the other uses of the same text."""

    message: str
    hit: Hit
    units: tuple[str, ...]
    definitions: tuple[Related, ...]
    also: tuple[Hit, ...]


def _draft(found: _Found, catalogue: Catalogue) -> _Draft:
    units = tuple(sorted(filter(None, found.units)))
    message = _message(found.hit, catalogue) + _also(found)
    return _Draft(message, found.hit, units, tuple(sorted(found.definitions)), found.also)


def _also(found: _Found) -> str:
    """The other objects that the text is used in; of the same object, the other fields."""
    title = _title(found.hit)
    titles = dict.fromkeys(name for one in found.also if (name := _title(one)) != title)
    fields = dict.fromkeys(path for one in found.also if _title(one) == title for path in _fields(one))
    others = [*titles, *(f"its {path}" for path in fields if path != found.hit.field.path)]
    if not others:
        return ""
    shown = others if len(others) <= _MOST_NAMED else [*others[: _MOST_NAMED - 1], f"{len(others) - _MOST_NAMED + 1} more"]
    listed = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
    return f" The same text stands in {listed}."


def _fields(hit: Hit) -> list[str]:
    """The field of a hit; where aliases use its text, too, all of them."""
    owner = hit.issue.owner or hit.handed
    ways = uses_of(owner.node, hit.issue.node) if owner is not None else []
    return [path_of(way) for way in ways] if len(ways) > 1 else [hit.field.path]


def _title(hit: Hit) -> str:
    owner = hit.issue.owner or hit.handed
    return owner.title if owner is not None else ""


def _message(hit: Hit, catalogue: Catalogue) -> str:
    issue = hit.issue
    message = catalogue.rules[hit.rule].messages[issue.key].text.format_map(issue.words)
    return f"{message} {issue.former.words}" if issue.former is not None else message


def _order(draft: _Draft) -> tuple[object, ...]:
    node = draft.hit.issue.node
    return node.path, node.span, draft.hit.rule, draft.message


def kin_of(hit: Hit) -> tuple[str, ...]:
    """What a finding is about, wherever it stands: its rule, message, object and field."""
    owner = hit.issue.owner or hit.handed
    about = (*owner.identity, owner.namespace or "", owner.name) if owner is not None else ("", "", "", "")
    return (hit.rule, hit.issue.key, *about, hit.field.identity)


def _sorted_words(issue: Issue) -> _Words:
    return tuple(sorted((name, str(word)) for name, word in issue.words.items()))


def _places(issue: Issue) -> tuple[object, ...]:
    return tuple((node.path, node.span) for node, _ in issue.relations)


def _settle(draft: _Draft, mark: Mark, catalogue: Catalogue, state_of: StateOf) -> Settled:
    hit = draft.hit
    rule = catalogue.rules[hit.rule]
    issue = hit.issue
    owner = issue.owner or hit.handed
    finding = Finding(
        rule=rule.name,
        family=rule.family,
        message_key=issue.key,
        severity=state_of(rule.name, issue.node.path).severity(issue.key),
        confidence=rule.confidence,
        message=draft.message,
        help=catalogue.words(rule.name).help,
        url=rule.url,
        location=location(issue.node),
        object=object_id(owner),
        field=hit.field.path,
        units=draft.units,
        related=_related(draft),
        fix=_fix(rule, issue),
        fingerprint=fingerprint(mark.kin, mark.ordinal),
        condition=rule.messages[issue.key].condition,
        column=rule.messages[issue.key].column,
    )
    return Settled(finding, issue.node, owner, mark)


def _related(draft: _Draft) -> tuple[Related, ...]:
    related = [Related(location(node), words) for node, words in draft.hit.issue.relations]
    known = {location(draft.hit.issue.node), *(one.location for one in related)}
    return (*related, *(one for one in draft.definitions if one.location not in known))


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

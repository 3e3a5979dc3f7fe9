"""Runs the detectors of the enabled rules over the objects of a unit. Imports a detector only when there is an object for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kubelint_lb.catalogue.outline import Outline
from kubelint_lb.catalogue.rule import Rule
from kubelint_lb.detectors.api import Context, Issue
from kubelint_lb.engine.fingerprint import Field, field_of
from kubelint_lb.engine.rule_states import RuleState
from kubelint_lb.kube.kinds import CUSTOM, VENDOR_KINDS, expand
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.render.origin import definitions, located
from kubelint_lb.source.node import Document, Node
from kubelint_lb.traffic.world import World

CRASHED = "internal-error"
NOT_RENDERED = "render-failed"
_DOCUMENT, _ANY = "Document", "Any"


if TYPE_CHECKING:
    from kubelint_lb.engine.pertinent import Pertinent
    from kubelint_lb.engine.stopwatch import Stopwatch


# Whether to look at an object.
Looked: TypeAlias = Callable[[Manifest], bool]


class Hit(NamedTuple):
    """An issue of a rule, its nodes those of source files; `handed` is the object the detector looked at, None for a
    document, and `field` where in its object (as rendered) the issue's node lies. `definitions`: where what the
    value is made of is said, with words."""

    rule: str
    issue: Issue
    handed: Manifest | None
    unit: str
    field: Field = Field("", "")
    definitions: tuple[tuple[Node, str], ...] = ()


class Detection:
    """Detectors over one unit. `state_of` tells how a rule (by name) holds in a file; a `stopwatch`
    takes the time of each. `pertinent` knows what need not be looked at."""

    def __init__(
        self,
        world: World,
        outlines: Iterable[Outline],
        state_of: Callable[[str, str], RuleState],
        stopwatch: Stopwatch | None = None,
        pertinent: Pertinent | None = None,
    ) -> None:
        self._world = world
        self._state_of = state_of
        self._stopwatch = stopwatch
        self._pertinent = pertinent
        outlines = tuple(outlines)
        self._narrow = pertinent.narrow(outlines) if pertinent is not None else frozenset()
        self._contexts: dict[int, Context] = {}
        self._by_kind: dict[str, list[str]] = defaultdict(list)
        self._checks: dict[str, Callable[[Any, Context], Iterable[Issue]]] = {}
        self._annotations: dict[str, tuple[str, ...]] = {}
        self._rules: dict[tuple[str | None, bool], tuple[str, ...]] = {}
        for outline in outlines:
            if outline.annotations:
                self._annotations[outline.name] = outline.annotations
            for kind in expand(outline.kinds):
                self._by_kind[kind].append(outline.name)

    def over_manifests(self, looked: Looked | None = None) -> Iterator[Hit]:
        """What the rules find in the unit's objects, or in those of them that are to be looked at."""
        for manifest in self._world.objects.manifests:
            if manifest.encrypted or not (looked is None or looked(manifest)):
                continue
            all_of_them = not self._narrow or self._pertinent is None or self._pertinent.asks_for(manifest)
            for rule in self._rules_for(manifest.view_name, all_of_them=all_of_them):
                starts = self._annotations.get(rule)
                if starts is None or any(name.startswith(starts) for name in manifest.annotations):
                    yield from self._run(rule, manifest, manifest.path, manifest.name_node)

    def _rules_for(self, kind: str | None, *, all_of_them: bool) -> tuple[str, ...]:
        """The rules that look at objects of a kind (None: one that the model does not know), or those that look further."""
        found = self._rules.get((kind, all_of_them))
        if found is None:
            custom = self._by_kind.get(CUSTOM, ()) if kind in VENDOR_KINDS else ()
            rules = (*self._by_kind.get(kind or CUSTOM, ()), *custom, *self._by_kind.get(_ANY, ()))
            wanted = (one for one in dict.fromkeys(rules) if all_of_them or one not in self._narrow)
            found = self._rules[kind, all_of_them] = tuple(wanted)
        return found

    def over_documents(self, documents: Iterable[Document], units_with: Callable[[str], Iterable[str]]) -> Iterator[Hit]:
        """What the rules find in documents, readable or not; `units_with` names the units that a file is a part of."""
        rules = self._by_kind.get(_DOCUMENT, ())
        for document in documents:
            for rule in rules:
                place = document.root or next(iter(document.faults), None)
                if place is not None and (document.faults or document.duplicates):
                    path = document.source.path
                    for hit in self._run(rule, document, path, place):
                        yield from (hit._replace(unit=name) for name in units_with(path))

    def _run(self, name: str, handed: Manifest | Document, path: str, place: Node) -> Iterator[Hit]:
        state = self._state_of(name, path)
        if state.off:
            return
        unit = self._world.objects.name
        manifest = handed if isinstance(handed, Manifest) else None
        try:
            subject = handed if manifest is None else self._world.objects.view(manifest)
            for issue in self._issues(state, subject):
                _prove(issue, state.rule)
                yield hit_of(name, issue, manifest, unit)
        except Exception as error:
            words = f"{type(error).__name__}: {error}"
            yield hit_of(CRASHED, Issue(place, "crashed", rule=name, error=words), manifest, unit)

    def _issues(self, state: RuleState, subject: object) -> Iterable[Issue]:
        if self._stopwatch is None:
            return self._check(state.rule)(subject, self._context(state))
        with self._stopwatch.running(state.rule.name) as found:
            found += self._check(state.rule)(subject, self._context(state))
        return found

    def _check(self, rule: Rule) -> Callable[[Any, Context], Iterable[Issue]]:
        check = self._checks.get(rule.name)
        if check is None:
            check = self._checks[rule.name] = load_check(rule)
        return check

    def _context(self, state: RuleState) -> Context:
        context = self._contexts.get(id(state))
        if context is None:
            context = self._contexts[id(state)] = Context(self._world, state.params)
        return context


def _prove(issue: Issue, rule: Rule) -> None:
    """Raises for an issue that no finding can be made of, here where the rule can be named."""
    rule.messages[issue.key].text.format_map(issue.words)
    for node in (issue.node, *(node for node, _ in issue.relations)):
        _ = node.span


def hit_of(name: str, issue: Issue, manifest: Manifest | None, unit: str) -> Hit:
    """The issue with every node moved to the file that people edit."""
    owner = issue.owner or manifest
    field = field_of(owner.node, issue.node) if owner is not None else Field("", "")
    # The cause may be in what a related place prints: the type that a release gives, beside the policy of its chart.
    said = tuple(found for node in (issue.node, *(node for node, _ in issue.relations)) for found in definitions(node))
    return Hit(name, issue.moved(located), manifest, unit, field, said)


def load_check(rule: Rule) -> Callable[[Any, Context], Iterable[Issue]]:
    """The detector of a rule: its module's `check`, or what its head says in place of one."""
    if rule.refusals is not None:
        from kubelint_lb.detectors.forms.refused import check_refusals

        return check_refusals(rule.refusals, tuple(rule.messages), fixes=rule.fix != "never")
    if rule.asserts:
        from kubelint_lb.catalogue.asserts import check_asserts

        return check_asserts(rule)
    if rule.expressions:
        from kubelint_lb.catalogue.cel_rules import check_cel

        return check_cel(rule)
    module = import_module(f"kubelint_lb.detectors.{rule.family}.{rule.name.replace('-', '_')}")
    check: Callable[[Any, Context], Iterable[Issue]] = module.check
    return check

"""Runs the detectors of the enabled rules over the objects of a unit. Imports a detector only when there is an object for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kubelint_lb.catalogue.outline import Outline
from kubelint_lb.catalogue.rule import Rule
from kubelint_lb.detectors.api import Context, Issue
from kubelint_lb.engine.fingerprint import Field, field_of
from kubelint_lb.engine.pertinent import Pertinent, Sight
from kubelint_lb.kube.kinds import CUSTOM, VENDOR_KINDS, expand
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.render.origin import definitions, located
from kubelint_lb.source.node import Document, Node
from kubelint_lb.traffic.world import World

CRASHED = "internal-error"
NOT_RENDERED = "render-failed"
_DOCUMENT, _ANY = "Document", "Any"


if TYPE_CHECKING:
    from kubelint_lb.detectors.forms.refused import Mend
    from kubelint_lb.engine.rule_states import RuleState, RuleStates
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


class _Step(NamedTuple):
    """A rule that looks at objects of a kind, and what it may ask. `annotations`: how the names of those begin without which it
    does not look."""

    rule: Rule
    context: Context
    annotations: tuple[str, ...]


class Detection:
    """Detectors over one unit. `states` tell how rules hold in files; a `stopwatch` takes the time of each. `pertinent` knows
    what need not be looked at."""

    def __init__(
        self,
        world: World,
        outlines: Sequence[Outline],
        states: RuleStates,
        stopwatch: Stopwatch | None = None,
        pertinent: Pertinent | None = None,
    ) -> None:
        self._world = world
        self._states = states
        self._stopwatch = stopwatch
        self._pertinent = pertinent
        self._contexts: dict[int, Context] = {}
        self._by_kind: dict[str, list[Outline]] = defaultdict(list)
        self._checks: dict[str, Callable[[Any, Context], Iterable[Issue]]] = {}
        self._steps: dict[Hashable, list[_Step]] = {}
        for outline in outlines:
            for kind in expand(outline.kinds):
                self._by_kind[kind].append(outline)

    def over_manifests(self, looked: Looked | None = None) -> Iterator[Hit]:
        """What the rules find in the unit's objects, or in those of them that are to be looked at."""
        for manifest in self._world.objects.manifests:
            if manifest.encrypted or not (looked is None or looked(manifest)):
                continue
            sight = self._pertinent.sight(manifest) if self._pertinent is not None else Sight.ALL
            steps = self._steps_for(manifest.view_name, manifest.path, sight)
            if steps:
                yield from self._run(steps, manifest)

    def _steps_for(self, kind: str | None, path: str, sight: Sight) -> list[_Step]:
        """What looks at objects of a kind (None: one that the model does not know) in a file that are seen like this."""
        key = kind, self._states.entries(path), sight
        found = self._steps.get(key)
        if found is None:
            custom = self._by_kind.get(CUSTOM, ()) if kind in VENDOR_KINDS else ()
            outlines = (*self._by_kind.get(kind or CUSTOM, ()), *custom, *self._by_kind.get(_ANY, ()))
            pertinent = self._pertinent
            wanted = [one for one in dict.fromkeys(outlines) if pertinent is None or pertinent.looks(one, sight)]
            found = self._steps[key] = list(self._made(wanted, path))
        return found

    def _made(self, outlines: Iterable[Outline], path: str) -> Iterator[_Step]:
        for one in outlines:
            state = self._states.of(one.name, path)
            if not state.off:
                yield _Step(state.rule, self._context(state), one.annotations)

    def over_documents(self, documents: Iterable[Document], units_with: Callable[[str], Iterable[str]]) -> Iterator[Hit]:
        """What the rules find in documents, readable or not; `units_with` names the units that a file is a part of."""
        outlines = self._by_kind.get(_DOCUMENT, ())
        for document in documents:
            if outlines and (document.faults or document.duplicates):
                path = document.source.path
                for step in self._made(outlines, path):
                    for hit in self._looked(step, document):
                        yield from (hit._replace(unit=name) for name in units_with(path))

    def _run(self, steps: Iterable[_Step], manifest: Manifest) -> Iterator[Hit]:
        for step in steps:
            if not step.annotations or any(name.startswith(step.annotations) for name in manifest.annotations):
                yield from self._looked(step, manifest)

    def _looked(self, step: _Step, handed: Manifest | Document) -> Sequence[Hit]:
        """What one rule finds in an object or document; that it crashed is a finding too."""
        rule, unit = step.rule, self._world.objects.name
        manifest = handed if isinstance(handed, Manifest) else None
        hits: list[Hit] = []
        try:
            subject = handed if manifest is None else self._world.objects.view(manifest)
            for issue in self._issues(step, subject):
                _prove(issue, rule)
                hits.append(hit_of(rule.name, issue, manifest, unit))
        except Exception as error:
            words = f"{type(error).__name__}: {error}"
            place = manifest.name_node if manifest is not None else _place_of(handed)
            if place is not None:
                hits.append(hit_of(CRASHED, Issue(place, "crashed", rule=rule.name, error=words), manifest, unit))
        return hits

    def _issues(self, step: _Step, subject: object) -> Iterable[Issue]:
        check = self._checks.get(step.rule.name)
        if check is None:
            check = self._checks[step.rule.name] = load_check(step.rule)
        if self._stopwatch is None:
            return check(subject, step.context)
        with self._stopwatch.running(step.rule.name) as found:
            found += check(subject, step.context)
        return found

    def _context(self, state: RuleState) -> Context:
        context = self._contexts.get(id(state))
        if context is None:
            context = self._contexts[id(state)] = Context(self._world, state.params)
        return context


def _place_of(document: object) -> Node | None:
    return (document.root or next(iter(document.faults), None)) if isinstance(document, Document) else None


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

        return check_refusals(rule.refusals, tuple(rule.messages), fixes=rule.fix != "never", mender=partial(_mender_of, rule))
    if rule.asserts:
        from kubelint_lb.catalogue.asserts import check_asserts

        return check_asserts(rule)
    if rule.expressions:
        from kubelint_lb.catalogue.cel_rules import check_cel

        return check_cel(rule)
    check: Callable[[Any, Context], Iterable[Issue]] = _module_of(rule).check
    return check


def _module_of(rule: Rule) -> ModuleType:
    return import_module(_module_name(rule))


def _module_name(rule: Rule) -> str:
    return f"kubelint_lb.detectors.{rule.family}.{rule.name.replace('-', '_')}"


def _mender_of(rule: Rule) -> Mend | None:
    """A rule that reports what is refused needs no module of its own, unless it knows how to mend that."""
    from importlib.util import find_spec

    if find_spec(_module_name(rule)) is None:
        return None
    mend: Mend = _module_of(rule).mend
    return mend

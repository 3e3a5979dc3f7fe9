"""A run: read, divide into units, detect, settle, suppress, filter. The public Python API."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.catalogue.catalogue import Catalogue, RuleInfos, load_catalogue
from kubelint_lb.deploy.definitions import definitions_of
from kubelint_lb.deploy.plan import Plan
from kubelint_lb.deploy.scope import Scope, scope_of
from kubelint_lb.deploy.tree import Parse, Tree, paused_collector, read_tree
from kubelint_lb.deploy.units import units_of
from kubelint_lb.detectors.api import Issue
from kubelint_lb.engine.assemble import assemble, position
from kubelint_lb.engine.detect import CRASHED, NOT_RENDERED, Detection, Hit, Looked
from kubelint_lb.engine.directives import Directive
from kubelint_lb.engine.pertinent import Pertinent
from kubelint_lb.engine.rule_states import RuleState, RuleStates
from kubelint_lb.engine.settle import Mark, Settled, settle
from kubelint_lb.engine.sources import sources_of
from kubelint_lb.engine.stopwatch import Stopwatch
from kubelint_lb.engine.suppress import UNUSED, Outcome, Suppressions, directives_of
from kubelint_lb.kube.kinds import POD_TEMPLATES, PodTemplates, expand
from kubelint_lb.kube.stubs import Prefilter
from kubelint_lb.report.finding import Report, Suppressed
from kubelint_lb.settings.root import git_root
from kubelint_lb.source.parse import parse_text
from kubelint_lb.traffic.world import worlds_of

if TYPE_CHECKING:
    from kubelint_lb.deploy.former import FormerObjects
    from kubelint_lb.deploy.kustomize.rendering import Rendering
    from kubelint_lb.engine.baseline import Baseline
    from kubelint_lb.engine.changes import Changes
    from kubelint_lb.settings.settings import Settings


def lint(paths: Sequence[Path | str], settings: Settings | None = None, stdin: str | None = None) -> Report:
    """Lints files and folders and reports on them; the rest of their tree is read as context.

    `paths` are relative to the current folder; `-` stands for the text `stdin`. Without settings the defaults hold, and no
    configuration file is looked for (`kubelint_lb.config.config.load` does). Raises UsageError (unknown path or rule,
    mistakes in a rule file); bad manifests are findings, never exceptions.
    """
    if settings is None:
        from kubelint_lb.settings.settings import Settings

        settings = Settings()
    with paused_collector():
        return Run(settings, scope_of(paths, settings, stdin)).report()


class WhatWasRead(NamedTuple):
    """What was read, how it belongs together, and what the change under review removed."""

    tree: Tree
    plan: Plan
    former: FormerObjects | None


class _Judged(NamedTuple):
    """What was read, the findings after suppression, and the marks of those not asked for."""

    tree: Tree
    plan: Plan
    outcome: Outcome
    others: list[Mark]


class Run:
    """One run over one scope."""

    def __init__(
        self, settings: Settings, scope: Scope, overlay: Mapping[str, str] = MappingProxyType({}), parse: Parse = parse_text
    ) -> None:
        """`overlay` has the texts of files that an editor holds; `parse` may remember what it made of texts."""
        self._overlay, self._parse = overlay, parse
        self.settings = settings
        self.changes = _changes(settings, scope)
        self.scope = scope.narrowed(self.changes.paths) if self.changes and settings.changed_since is not None else scope
        self.catalogue: Catalogue = load_catalogue(tuple(settings.rule_paths))
        self.states = RuleStates(settings, self.catalogue)
        self.enabled = self.states.enabled()
        self.baseline = _baseline(settings, scope)
        self.outlines = [self.catalogue.outlines[name] for name in sorted(self.enabled)]
        self.stopwatch = Stopwatch() if settings.profile_rules else None
        self.today = settings.today or date.today().isoformat()
        # The objects that are looked at; None for all.
        self._objects: Looked | None = None
        self._read: WhatWasRead | None = None
        # All that was found, before it is settled what of it is told.
        self.hits: list[Hit] = []

    def report(self) -> Report:
        """Reads, detects, and puts the report together."""
        tree, plan, outcome, others = self._judged()
        if self.changes is not None and self.settings.new_since is not None:
            outcome = self._without_earlier(self.changes, outcome, others)
        if self.baseline is not None:
            outcome = self._without_known(self.baseline, tree, outcome, others)
        infos, notices = RuleInfos(self.catalogue, sorted(self.enabled)), (*self.settings.notices, *plan.notices)
        report = assemble(self.scope, self.settings, tree, len(plan.units), outcome, infos, notices)
        return report if self.stopwatch is None else report._replace(times=self.stopwatch.times())

    def look_only_for(self, rules: Collection[str]) -> None:
        """Runs no other rules. Of suppressions, one that is unused tells only if all rules ran."""
        if UNUSED not in rules:
            self.outlines = [one for one in self.outlines if one.name in rules]

    def look_only_at(self, objects: Looked) -> None:
        """Runs the rules over no others than those that `objects` says yes to."""
        self._objects = objects

    def marks(self) -> list[Mark]:
        """Only by what the findings are known again."""
        return [one.mark for one in self._judged().outcome.kept]

    def read(self) -> WhatWasRead:
        """Reads what there is and divides it, once."""
        if self._read is None:
            self._read = self._read_now()
        return self._read

    def _read_now(self) -> WhatWasRead:
        pod_templates = {**POD_TEMPLATES, **self.settings.workloads}
        listed = self.baseline.path if self.baseline is not None else None
        sources = sources_of(self.scope, self.settings, self.changes, listed)
        sources = sources._replace(texts={**sources.texts, **self._overlay})
        definitions = definitions_of(sources.texts, self.scope.root, self.settings.crds)
        names = (name for outline in self.outlines for name in (*outline.kinds, *outline.needs))
        prefilter = Prefilter(names, pod_templates, definitions.groups if definitions is not None else None)
        tree = read_tree(sources, prefilter, pod_templates, self._parse)
        former = self.changes.former_objects(sources, prefilter, pod_templates) if self.changes is not None else None
        plan = units_of(tree, self.settings, self._rendering(tree, prefilter, pod_templates, former), former)
        if tree.layout.charts or self.settings.helm or self.settings.charts is not None:
            from kubelint_lb.deploy.helm.units import with_charts

            tree, plan = with_charts(tree, self.settings, self.scope, prefilter, plan)
        return WhatWasRead(tree, plan._replace(definitions=definitions), former)

    def _judged(self) -> _Judged:
        """Reads and detects, and takes out what is suppressed."""
        tree, plan, former = self.read()
        concerns = partial(self._concerns, plan)
        self.hits = self._hits(tree, plan, former)
        settlement = settle(self.hits, self.catalogue, self._state, concerns)
        return _Judged(tree, plan, self._suppressed(tree, settlement.settled), settlement.others)

    def _rendering(
        self, tree: Tree, prefilter: Prefilter, pod_templates: PodTemplates, former: FormerObjects | None
    ) -> Rendering | None:
        if not (self.settings.render and tree.has_kustomizations):
            return None
        from kubelint_lb.deploy.kustomize.rendering import Rendering

        installing = ("HelmRelease",) if tree.layout.charts or self.settings.charts is not None else ()
        reported = (*installing, *(name for outline in self.outlines for name in expand(outline.kinds)))
        # What a change removed may be missed by any unit; and where all is said to be here, all has to be known.
        everything = bool(former and former.kinds) or self.settings.complete or bool(self.settings.units)
        return Rendering(self.scope, reported, prefilter, pod_templates, self.settings, everything=everything)

    def _state(self, name: str, path: str) -> RuleState:
        return self.states.of(name, path)

    def _hits(self, tree: Tree, plan: Plan, former: FormerObjects | None) -> list[Hit]:
        hits = list(self._failures(plan))
        worlds = worlds_of(plan)
        pertinent = Pertinent(self.scope, plan, worlds, former)
        outlines = pertinent.rules(self.outlines)
        for index, one in enumerate(worlds):
            detection = Detection(one, outlines, self.states, self.stopwatch, pertinent)
            if index == 0:
                hits += detection.over_documents(tree.documents, plan.units_with)
            hits += detection.over_manifests(self._objects)
        if not tree.prerendered:
            return hits
        from kubelint_lb.engine.copies import without_copies

        return without_copies(hits, tree.prerendered, self.scope.holds)

    def _failures(self, plan: Plan) -> Iterator[Hit]:
        """What could not be rendered."""
        if NOT_RENDERED not in self.enabled:
            return
        for one in plan.failures:
            if not self._state(NOT_RENDERED, one.node.path).off:
                yield Hit(NOT_RENDERED, Issue(one.node, one.key, **one.words), None, one.unit)

    def _concerns(self, plan: Plan, hit: Hit, units: tuple[str, ...]) -> bool:
        """The finding's place, a related one, or what its whole unit is made of is in what was asked for; or the change
        removed what it is about."""
        if hit.issue.node.path in plan.touched or not plan.touched_units.isdisjoint(units):
            return True
        issue = hit.issue
        paths = [issue.node.path, *(node.path for node, _ in issue.relations)]
        if any(map(self.scope.holds, paths)):
            return True
        return issue.former is not None and any(map(self.scope.affected, (*paths, issue.former.manifest.path)))

    def _suppressed(self, tree: Tree, settled: list[Settled]) -> Outcome:
        directives = directives_of(tree)
        sieve = Suppressions(directives, self.settings.objects, self._state, self.today)
        kept, suppressed = sieve.sift(settled)
        if UNUSED in self.enabled and (directives or self.settings.per_path or self.settings.objects):
            complaints = self._complaints(tree, directives, sieve, settled)
            kept = sorted([*kept, *complaints.kept], key=lambda one: position(one.finding))
            suppressed = sorted([*suppressed, *complaints.suppressed], key=lambda one: position(one.finding))
        return Outcome(kept, suppressed)

    def _complaints(self, tree: Tree, directives: list[Directive], sieve: Suppressions, settled: list[Settled]) -> Outcome:
        """What is wrong with suppressions. Those of this rule itself come last: by then it shows what they hide."""
        from kubelint_lb.engine.stale import Stale

        stale = Stale(tree, self.settings, self.catalogue, self.states, self.enabled)
        reported = [one for one in directives if self.scope.holds(one.path)]
        others = stale.directives([one for one in reported if one.rule != UNUSED], sieve.used)
        found = settle(others, self.catalogue, self._state).settled
        kept, suppressed = sieve.sift(found)
        hits = list(stale.directives([one for one in reported if one.rule == UNUSED], sieve.used))
        if self.scope.is_whole:
            hits += stale.configured(self.scope.root, [one.finding for one in (*settled, *found)])
        return Outcome([*kept, *settle(hits, self.catalogue, self._state).settled], suppressed)

    def _without_earlier(self, changes: Changes, outcome: Outcome, others: Iterable[Mark]) -> Outcome:
        """Takes out the findings that the revision had, which is linted just the same for that."""
        if not outcome.kept:
            return outcome
        from kubelint_lb.engine.changes import export
        from kubelint_lb.engine.known import marks_of_before
        from kubelint_lb.settings.temporary import temporary_folder

        with temporary_folder() as root:
            export(self.scope.root, changes.commit, root, self.scope.extra_files)
            rendered = tuple(one for one in self.settings.rendered if (root / one).is_dir())  # it may be new, or not in git
            settings = self.settings._replace(root=root, new_since=None, changed_since=None, baseline=None, rendered=rendered)
            before = Run(settings, Scope(root, frozenset(), ("",), self.scope.extra_files, origin=self.scope.root))
            before.look_only_for({one.finding.rule for one in outcome.kept})
            known = before.marks()
        now = [*(one.mark for one in outcome.kept if one.finding.rule != CRASHED), *others]
        earlier = marks_of_before(now, known, changes.moved)
        return outcome.less(earlier, Suppressed("earlier", f"it was there at {changes.revision}"))

    def _without_known(self, baseline: Baseline, tree: Tree, outcome: Outcome, others: Iterable[Mark]) -> Outcome:
        matched = baseline.match([*(one.mark for one in outcome.kept if one.finding.rule != CRASHED), *others], self.today)
        outcome = outcome.less(matched.known, Suppressed("baseline", ""))
        outcome = outcome._replace(kept=baseline.noted(outcome.kept, matched.ended))
        if UNUSED not in self.enabled or not self.scope.is_whole:
            return outcome
        # What was not read this time may be found another time.
        unread = {one.path for one in tree.skipped}
        ran = self.enabled | {one.rule for one in matched.stale if one.rule not in self.catalogue.outlines}
        stale = [one for one in matched.stale if one.path not in unread and one.rule in ran]
        hits = baseline.complaints(stale)
        extra = settle(hits, self.catalogue, self._state).settled
        return outcome._replace(kept=sorted([*outcome.kept, *extra], key=lambda one: position(one.finding)))


def _changes(settings: Settings, scope: Scope) -> Changes | None:
    """What the run is about, in git: the changes that options name; given files, as a hook gives them, the commit's."""
    as_a_hook = scope.files and scope.stdin is None and git_root(scope.root) is not None
    if settings.new_since is None and settings.changed_since is None and not as_a_hook:
        return None
    from kubelint_lb.engine.changes import changes_of_commit, changes_since

    if settings.new_since is not None:
        return changes_since(scope.root, settings.new_since, "--new-since")
    if settings.changed_since is not None:
        return changes_since(scope.root, settings.changed_since, "--changed-since")
    return changes_of_commit(scope.root)


def _baseline(settings: Settings, scope: Scope) -> Baseline | None:
    if settings.baseline is None:
        return None
    from kubelint_lb.engine.baseline import read_baseline  # with JSON, which a run without a baseline has no use for

    return read_baseline(settings.baseline, scope.root)

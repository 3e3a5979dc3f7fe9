"""A run: read, divide into units, detect, settle, suppress, filter. The public Python API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kubelint_lb import __version__
from kubelint_lb.detectors.api import Issue
from kubelint_lb.engine.catalogue import Catalogue, RuleInfos, load_catalogue
from kubelint_lb.engine.detect import CRASHED, NOT_RENDERED, Detection, Hit, Target
from kubelint_lb.engine.directives import Directive
from kubelint_lb.engine.finding import Finding, Report, Severity, SkipReason, Summary
from kubelint_lb.engine.read import STDIN, Sources, Tree, paused_collector, read_files, read_tree
from kubelint_lb.engine.releases import unrendered
from kubelint_lb.engine.resolve import Resolver, RuleState
from kubelint_lb.engine.roots import Scope, scope_of
from kubelint_lb.engine.settle import Settled, settle
from kubelint_lb.engine.suppress import UNUSED, Sieve, Sifted, directives_of
from kubelint_lb.engine.units import Division, units_of
from kubelint_lb.model.glimpse import Glimpse, Look
from kubelint_lb.model.kinds import POD_TEMPLATES, PodTemplates, expand
from kubelint_lb.model.manifest import Manifest
from kubelint_lb.source.discover import Found, discover

if TYPE_CHECKING:
    from kubelint_lb.engine.helm_units import HelmUnits
    from kubelint_lb.engine.rendering import Rendering
    from kubelint_lb.engine.settings import Settings
    from kubelint_lb.engine.survey import Survey


def lint(paths: Sequence[Path | str], settings: Settings | None = None, stdin: str | None = None) -> Report:
    """Lints files and folders and reports on them; the rest of their tree is read as context.

    `paths` are relative to the current folder; `-` stands for the text `stdin`. Without settings the defaults hold, and no
    configuration file is looked for (`kubelint_lb.engine.config.load` does). Raises UsageError (unknown path or rule,
    mistakes in a rule file); bad manifests are findings, never exceptions.
    """
    if settings is None:
        from kubelint_lb.engine.settings import Settings

        settings = Settings()
    with paused_collector():
        return _Run(settings, scope_of(paths, settings, stdin)).report()


def survey(paths: Sequence[Path | str], settings: Settings) -> Survey:
    """How files and folders are understood: their units, and what was skipped. Raises UsageError as `lint` does."""
    from kubelint_lb.engine.survey import survey_of

    with paused_collector():
        scope = scope_of(paths, settings, None)
        return survey_of(*_Run(settings, scope).read(), scope, settings)


class _Run:
    """One run over one scope."""

    def __init__(self, settings: Settings, scope: Scope) -> None:
        self.settings = settings
        self.scope = scope
        self.catalogue: Catalogue = load_catalogue(tuple(settings.rule_paths))
        self.states = Resolver(settings, self.catalogue)
        self.enabled = self.states.enabled()
        self.outlines = [self.catalogue.outlines[name] for name in sorted(self.enabled)]
        self.charts: HelmUnits | None = None

    def report(self) -> Report:
        """Reads, detects, and puts the report together."""
        tree, division = self.read()
        outcome = self._suppressed(tree, settle(self._hits(tree, division), self.catalogue, self._state))
        return self._assemble(tree, division, outcome)

    def read(self) -> tuple[Tree, Division]:
        """What there is, and how it belongs together."""
        pod_templates = {**POD_TEMPLATES, **self.settings.workloads}
        look = Look((name for outline in self.outlines for name in (*outline.kinds, *outline.needs)), pod_templates)
        tree = read_tree(self._sources(), look, pod_templates)
        division = units_of(tree, self.settings, self._rendering(tree, look, pod_templates))
        return tree, self._with_charts(tree, look, division)

    def _rendering(self, tree: Tree, look: Look, pod_templates: PodTemplates) -> Rendering | None:
        if not (self.settings.render and tree.layout.kustomizations):
            return None
        from kubelint_lb.engine.rendering import Rendering

        reported = (name for outline in self.outlines for name in expand(outline.kinds))
        return Rendering(self.scope, reported, look, pod_templates, self.settings.render_seconds)

    def _with_charts(self, tree: Tree, look: Look, division: Division) -> Division:
        """The units, with those that charts make; an empty plain tree beside them is none."""
        if not tree.layout.charts and not self.settings.helm:
            return division
        from kubelint_lb.engine.helm_units import helm_units

        self.charts = charts = helm_units(tree, self.settings, self.scope, look)
        facts = division.facts
        if charts.facts:
            facts = (*(one for one in facts if one.unit.manifests or one.unit.glimpses), *charts.facts)
        return division._replace(facts=facts, notices=(*division.notices, *charts.notices))

    def _state(self, name: str, path: str) -> RuleState:
        return self.states.state(self.catalogue.rules[name], path)

    def _sources(self) -> Sources:
        scope = self.scope
        if scope.stdin is not None:
            return Sources({STDIN: scope.stdin}, ())
        found: list[Found] = list(discover(scope.root, self.settings.exclude))
        known = {one.path for one in found}
        found += [Found(path) for path in scope.extra_files if path not in known]
        return read_files(scope.root, sorted(found, key=lambda one: one.path))

    def _hits(self, tree: Tree, division: Division) -> list[Hit]:
        settings = self.settings
        target = Target(
            settings.kubernetes_version,
            settings.gateway_api_version,
            settings.gateway_api_channel,
            settings.kubernetes_version_set,
        )
        hits = list(self._failures(division))
        for index, one in enumerate(division.facts):
            detection = Detection(one, self.outlines, self._state, target)
            if index == 0:
                hits += detection.over_documents(tree.documents)
            hits += detection.over_manifests()
        if self.charts is not None:
            hits += [hit for hit in self.charts.hits if hit.rule in self.enabled]
        return [hit for hit in hits if self._concerns(hit)]

    def _failures(self, division: Division) -> Iterator[Hit]:
        """What could not be rendered."""
        for one in division.overlays:
            failure = one.failure
            if failure is not None and NOT_RENDERED in self.enabled and not self._state(NOT_RENDERED, failure.node.path).off:
                yield Hit(NOT_RENDERED, Issue(failure.node, failure.key, **failure.words), None, one.name)

    def _concerns(self, hit: Hit) -> bool:
        """The finding's place, a related one, or what its whole unit is made of is in what was asked for."""
        if self.charts is not None and hit.unit in self.charts.touched:
            return True
        places = [hit.issue.node, *(node for node, _ in hit.issue.relations)]
        return any(self.scope.holds(node.path) for node in places)

    def _suppressed(self, tree: Tree, settled: list[Settled]) -> Sifted:
        directives = directives_of(tree)
        sieve = Sieve(directives, self.settings.objects, self._state, date.today().isoformat())
        kept, suppressed = sieve.sift(settled)
        if UNUSED in self.enabled and (directives or self.settings.per_path or self.settings.objects):
            complaints = self._complaints(tree, directives, sieve, settled)
            kept = sorted([*kept, *complaints.kept], key=lambda one: _position(one.finding))
            suppressed = sorted([*suppressed, *complaints.suppressed], key=lambda one: _position(one.finding))
        return Sifted(kept, suppressed)

    def _complaints(self, tree: Tree, directives: list[Directive], sieve: Sieve, settled: list[Settled]) -> Sifted:
        """What is wrong with suppressions. Those of this rule itself come last: by then it shows what they hide."""
        from kubelint_lb.engine.stale import Stale

        stale = Stale(tree, self.settings, self.catalogue, self.states, self.enabled)
        reported = [one for one in directives if self.scope.holds(one.path)]
        others = stale.directives([one for one in reported if one.rule != UNUSED], sieve.used)
        found = settle(others, self.catalogue, self._state)
        kept, suppressed = sieve.sift(found)
        hits = list(stale.directives([one for one in reported if one.rule == UNUSED], sieve.used))
        if self.scope.is_whole:
            hits += stale.configured(self.scope.root, [one.finding for one in (*settled, *found)])
        return Sifted([*kept, *settle(hits, self.catalogue, self._state)], suppressed)

    def _assemble(self, tree: Tree, division: Division, outcome: Sifted) -> Report:
        settings = self.settings
        minimum = min(settings.severity, settings.fail_on or settings.severity, key=lambda one: one.rank)
        findings = [one.finding for one in outcome.kept]
        shown = tuple(one for one in findings if one.severity.rank >= minimum.rank)
        hidden = tuple(one for one in findings if one.severity.rank < minimum.rank)
        suppressed = tuple(one.finding for one in outcome.suppressed)
        return Report(
            root=self.scope.root,
            version=__version__,
            findings=shown,
            suppressed=suppressed,
            hidden=hidden,
            skipped=tuple(
                sorted((one for one in tree.skipped if self.scope.holds(one.path)), key=lambda one: (one.path, one.line))
            ),
            summary=self._summary(tree, len(division.facts), shown, len(hidden), len(suppressed)),
            rules=RuleInfos(self.catalogue, sorted(self.enabled)),
            sources={path: tree.sources[path].lines for path in sorted(_paths(shown) & tree.sources.keys())},
            notices=(*self.settings.notices, *division.notices),
            exit_code=_exit_code(findings, settings.fail_on),
        )

    def _summary(self, tree: Tree, units: int, shown: Sequence[Finding], hidden: int, suppressed: int) -> Summary:
        holds = self.scope.holds
        skipped = dict.fromkeys(SkipReason, 0)
        for one in {(one.path, one.reason) for one in tree.skipped if holds(one.path)}:
            skipped[one[1]] += 1
        findings = dict.fromkeys(Severity, 0)
        for finding in shown:
            findings[finding.severity] += 1
        objects: tuple[Manifest | Glimpse, ...] = (*tree.manifests, *tree.rendered, *tree.glimpses)
        return Summary(
            files=sum(map(holds, tree.paths)),
            manifests=sum(holds(one.path) for one in objects),
            units=units,
            findings=findings,
            hidden=hidden,
            suppressed=suppressed,
            skipped=skipped,
            unseen=unrendered(one for one in tree.manifests if holds(one.path)),
        )


def _position(finding: Finding) -> tuple[object, ...]:
    return finding.location.path, finding.location.span, finding.rule, finding.message


def _paths(findings: Iterable[Finding]) -> set[str]:
    return {place.path for finding in findings for place in (finding.location, *(one.location for one in finding.related))}


def _exit_code(findings: Sequence[Finding], fail_on: Severity | None) -> int:
    if any(finding.rule == CRASHED for finding in findings):
        return 3
    return int(fail_on is not None and any(finding.severity.rank >= fail_on.rank for finding in findings))

"""The report of a run: what is shown, what is hidden, the counts, and the lines that excerpts need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kubelint_lb import __version__
from kubelint_lb.catalogue.rule_info import RuleInfo
from kubelint_lb.deploy.scope import Scope
from kubelint_lb.deploy.skipped import SkipReason
from kubelint_lb.deploy.tree import Tree, read_files
from kubelint_lb.deploy.unseen import unrendered
from kubelint_lb.engine.detect import CRASHED
from kubelint_lb.engine.suppress import Outcome
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.stubs import ObjectStub
from kubelint_lb.report.finding import Finding, Report, Summary
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity
from kubelint_lb.source.discover import FoundFile
from kubelint_lb.source.text import SourceText


def assemble(
    scope: Scope,
    settings: Settings,
    tree: Tree,
    units: int,
    outcome: Outcome,
    rules: Sequence[RuleInfo],
    notices: tuple[str, ...],
) -> Report:
    """The report: findings below the severity asked for are hidden, the exit code looks at what is left."""
    minimum = min(settings.severity, settings.fail_on or settings.severity, key=lambda one: one.rank)
    findings = [one.finding for one in outcome.kept]
    shown = tuple(one for one in findings if one.severity.rank >= minimum.rank)
    hidden = tuple(one for one in findings if one.severity.rank < minimum.rank)
    suppressed = tuple(one.finding for one in outcome.suppressed)
    skipped = (one for one in tree.skipped if scope.holds(one.path))
    return Report(
        root=scope.root,
        version=__version__,
        findings=shown,
        suppressed=suppressed,
        hidden=hidden,
        skipped=tuple(sorted(skipped, key=lambda one: (one.path, one.line))),
        summary=_summary(scope, tree, units, shown, len(hidden), len(suppressed)),
        rules=rules,
        sources={path: _lines(scope, tree, path) for path in sorted(_paths(shown))},
        notices=notices,
        exit_code=_exit_code(findings, settings.fail_on),
    )


def position(finding: Finding) -> tuple[object, ...]:
    """What findings are ordered by."""
    return finding.location.path, finding.location.span, finding.rule, finding.message


def _lines(scope: Scope, tree: Tree, path: str) -> tuple[str, ...]:
    """The lines of a file that a finding points at: a manifest, else the configuration or a baseline."""
    if path in tree.sources:
        return tree.sources[path].lines
    if scope.stdin is not None:
        return ()
    texts = read_files(scope.root, [FoundFile(path)]).texts
    return SourceText(path, texts[path]).lines if path in texts else ()


def _summary(scope: Scope, tree: Tree, units: int, shown: Sequence[Finding], hidden: int, suppressed: int) -> Summary:
    holds = scope.holds
    skipped = dict.fromkeys(SkipReason, 0)
    for one in {(one.path, one.reason, one.line) for one in tree.skipped if holds(one.path)}:
        skipped[one[1]] += 1
    findings = dict.fromkeys(Severity, 0)
    for finding in shown:
        findings[finding.severity] += 1
    objects: tuple[Manifest | ObjectStub, ...] = (*tree.manifests, *tree.rendered, *tree.stubs)
    return Summary(
        files=sum(map(holds, tree.paths)),
        manifests=sum(holds(one.path) for one in objects),
        units=units,
        findings=findings,
        hidden=hidden,
        suppressed=suppressed,
        skipped=skipped,
        unseen=unrendered((one for one in tree.manifests if holds(one.path)), tree.prerendered),
    )


def _paths(findings: Iterable[Finding]) -> set[str]:
    return {place.path for finding in findings for place in (finding.location, *(one.location for one in finding.related))}


def _exit_code(findings: Sequence[Finding], fail_on: Severity | None) -> int:
    if any(finding.rule == CRASHED for finding in findings):
        return 3
    return int(fail_on is not None and any(finding.severity.rank >= fail_on.rank for finding in findings))

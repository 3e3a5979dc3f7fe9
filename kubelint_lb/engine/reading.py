"""What files and folders say, without a look at rules: their units, and their objects as they meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.catalogue.catalogue import RuleInfos
from kubelint_lb.deploy.scope import Scope, scope_of
from kubelint_lb.deploy.survey import survey_of
from kubelint_lb.deploy.tree import paused_collector
from kubelint_lb.engine.assemble import assemble
from kubelint_lb.engine.run import Run
from kubelint_lb.engine.settle import settle
from kubelint_lb.engine.suppress import Outcome
from kubelint_lb.traffic.world import World, worlds_of

if TYPE_CHECKING:
    from kubelint_lb.deploy.survey import Survey
    from kubelint_lb.engine.detect import Hit
    from kubelint_lb.report.finding import Finding, Report
    from kubelint_lb.settings.settings import Settings


def survey(paths: Sequence[Path | str], settings: Settings) -> Survey:
    """How files and folders are understood: their units, and what was skipped. Raises UsageError as `lint` does."""
    with paused_collector():
        scope = scope_of(paths, settings, None)
        tree, plan, _ = Run(settings, scope).read()
        return survey_of(tree, plan, scope, settings)


class Reading(NamedTuple):
    """The objects of each unit that has files asked for, once for each kind of cluster.

    Paths of nodes are relative to the root of the scope, which says which files were asked for.
    """

    run: Run
    worlds: tuple[World, ...]

    @property
    def scope(self) -> Scope:
        """What was asked for."""
        return self.run.scope

    def report_of(self, hits: Sequence[Hit]) -> Report:
        """A report on what was found by other means than rules."""
        run = self.run
        tree, plan, _ = run.read()
        settled = settle(hits, run.catalogue, lambda name, path: run.states.state(run.catalogue.rules[name], path)).settled
        infos = RuleInfos(run.catalogue, sorted({one.rule for one in hits}))
        return assemble(run.scope, run.settings, tree, len(plan.units), Outcome(settled, []), infos, plan.notices)

    def findings(self, objects: Iterable[tuple[str, str | None, str]] | None = None) -> tuple[Finding, ...]:
        """What the rules find in these objects (kind, namespace, name), or in all, by the settings of the reading."""
        if objects is not None:
            subjects = frozenset(objects)
            self.run.look_only_at(lambda one: (one.kind, one.namespace, one.name) in subjects)
        return self.report().findings

    def report(self) -> Report:
        """What the rules find, by the settings of the reading."""
        with paused_collector():
            return self.run.report()


def read_worlds(paths: Sequence[Path | str], settings: Settings, stdin: str | None = None) -> Reading:
    """What files and folders deploy, or the text `stdin`. Raises UsageError as `lint` does."""
    with paused_collector():
        return reading_of(scope_of(paths, settings, stdin), settings)


def reading_of(scope: Scope, settings: Settings) -> Reading:
    """What a scope deploys."""
    run = Run(settings, scope)
    worlds = worlds_of(run.read().plan)
    return Reading(run, tuple(one for one in worlds if any(scope.holds(it.path) for it in one.objects.manifests)))

"""`kubelint-lb fleet`: many trees, a report on each and a summary of all."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kubelint_lb.cli import complete as words
from kubelint_lb.cli.tree import Complete, KubernetesVersion, NoRender
from kubelint_lb.settings.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from kubelint_lb.fleet.run import FleetRun


class FailOn(StrEnum):
    """Severities that make the exit code 1, and never."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


_ERASE = "\r\x1b[K"

_Targets = Annotated[
    list[str],
    typer.Argument(metavar="TARGETS...", help="Folders, repositories (with #BRANCH), tarballs, dumps of clusters, @LIST files."),
]
_Output = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder for all reports; it is made.")]
_Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes; default: one for each processor.")
]
_Scheduler = Annotated[
    str, typer.Option(metavar="URL", help="Lint on the workers of this Dask scheduler, such as tcp://10.0.0.5:8786.")
]
_TeamBy = Annotated[
    str | None, typer.Option(metavar="PATTERN", help="Whose a tree is, by its name: first-folder, or repos/{team}/*.")
]
_Timeout = Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="The most that one tree may take.")]
_Fresh = Annotated[bool, typer.Option("--fresh", help="Lint all trees, those that did not change since their report, too.")]
_Config = Annotated[Path | None, typer.Option(metavar="FILE", help="Configuration for all trees; default: each tree's own.")]
_Profile = Annotated[
    str | None, typer.Option(metavar="NAME", help="A set of rules and severities.", autocompletion=words.profiles)
]
_Severity = Annotated[Severity, typer.Option(help="The lowest severity that is reported.")]
_FailOn = Annotated[FailOn, typer.Option(help="The lowest severity that makes the exit code 1.")]


def fleet(
    targets: _Targets,
    *,
    output: _Output,
    jobs: _Jobs = None,
    scheduler: _Scheduler = "",
    team_by: _TeamBy = None,
    timeout: _Timeout = 600,
    fresh: _Fresh = False,
    config: _Config = None,
    profile: _Profile = None,
    severity: _Severity = Severity.WARNING,
    fail_on: _FailOn = FailOn.NEVER,
    complete: Complete = False,
    kubernetes_version: KubernetesVersion = None,
    no_render: NoRender = False,
) -> None:
    """Lint many trees: SARIF and JSON for each, one summary of all, and what is done is not done again.

    Exit codes: 0 all linted, 1 a tree could not be linted or --fail-on holds, 2 wrong usage or configuration.
    """
    from kubelint_lb.cli.paths import version_of
    from kubelint_lb.fleet.run import How, configured, run_fleet
    from kubelint_lb.fleet.targets import targets_of
    from kubelint_lb.fleet.task import Options
    from kubelint_lb.fleet.teams import team_rule
    from kubelint_lb.render.parallel import processors

    if kubernetes_version is not None:
        version_of("--kubernetes-version", kubernetes_version)
    found = targets_of(targets, team_rule(team_by))
    file, digest = configured(config)
    _check_profile(profile, file)
    options = Options(file, digest, profile or "", severity.value, complete, not no_render, kubernetes_version or "")
    run = run_fleet(found, output, options, How(jobs or processors(), timeout, scheduler, fresh), _told())
    _say(run, output)
    raise typer.Exit(_exit_code(run, fail_on))


def _check_profile(profile: str | None, config: str) -> None:
    """Raises SelectionError for an unknown one: once, not for each tree."""
    if profile is None:
        return
    from kubelint_lb.catalogue.catalogue import load_catalogue
    from kubelint_lb.config.config_settings import read_settings
    from kubelint_lb.engine.rule_states import RuleStates
    from kubelint_lb.settings.root import Root
    from kubelint_lb.settings.settings import Settings

    settings = read_settings(Root(Path(config).parent, Path(config)), Path(config)) if config else Settings()
    RuleStates(settings._replace(profile=profile), load_catalogue(tuple(settings.rule_paths))).enabled()


def _told() -> Callable[[int, int], None]:
    """Says how far it is to somebody at a terminal."""
    from kubelint_lb.cli.console import shows_progress

    shown = shows_progress()

    def tell(done: int, there: int) -> None:
        if shown:
            sys.stderr.write(f"{_ERASE}kubelint-lb: {done} of {there} trees" if done < there else _ERASE)
            sys.stderr.flush()

    return tell


def _say(run: FleetRun, output: Path) -> None:
    from kubelint_lb.cli.console import notice, write_out
    from kubelint_lb.fleet.task import Status
    from kubelint_lb.output.oneline import by_severity, count

    summary = run.summary
    for one in summary.failed:
        notice(f"{one.name} was not linted: {one.reason}")
    if not run.parquet:
        notice("no fleet.parquet was written, as that takes pyarrow: pip install 'kubelint-lb[fleet]'")
    kept = summary.counted(Status.KEPT)
    lines = [
        f"{by_severity(summary.severities) or 'No problems found'} in {count(len(summary.trees) - len(summary.failed), 'tree')}"
    ]
    if kept:
        lines[0] += f", {kept} of them unchanged since they were linted"
    if (trend := summary.trend) is not None:
        lines.append(f"Since the last run: {trend.change.new} new, {trend.change.gone} gone")
    write_out("".join(f"{one}.\n" for one in [*lines, f"See {output / 'fleet.html'}"]))


def _exit_code(run: FleetRun, fail_on: FailOn) -> int:
    from kubelint_lb.fleet.summary import at_least

    over = fail_on is not FailOn.NEVER and at_least(run.summary, Severity(fail_on.value)) > 0
    return int(bool(run.summary.failed) or over)

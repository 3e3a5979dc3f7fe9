"""What `check` does: options and configuration become settings, a run's report goes where it was asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.cli.console import notice, wants_color, width
from kubelint_lb.cli.outputs import deliver, plan
from kubelint_lb.cli.progress import Progress
from kubelint_lb.engine.config import load_settings
from kubelint_lb.engine.errors import UsageError
from kubelint_lb.engine.finding import Severity
from kubelint_lb.engine.root import git_root
from kubelint_lb.engine.run import lint
from kubelint_lb.model.versions import parse_version
from kubelint_lb.output.style import Style

if TYPE_CHECKING:
    from kubelint_lb.engine.finding import Report
    from kubelint_lb.engine.settings import Settings
    from kubelint_lb.model.versions import Version

STDIN = "-"


class Options(NamedTuple):
    """The options as given; None where a default or the configuration holds."""

    paths: tuple[str, ...]
    format: str
    outputs: tuple[str, ...]
    select: tuple[str, ...] | None
    ignore: tuple[str, ...] | None
    severity: str
    fail_on: str
    config: Path | None
    complete: bool
    kubernetes_version: str | None
    gateway_api_version: str | None
    no_render: bool
    statistics: bool
    quiet: bool
    verbose: bool
    color: str


def run_check(options: Options) -> int:
    """Lints, writes the report, and returns the exit code. Raises UsageError for what the user has to change."""
    targets = plan(options.format, options.outputs)
    paths = _paths(options.paths)
    settings = _settings(options, load_settings(paths, options.config))
    if not options.quiet:
        for text in settings.notices:
            notice(text)
    stdin = _standard_input() if not paths else None
    with Progress():
        report = lint(paths or [STDIN], settings, stdin)
    if not options.quiet:
        for text in report.notices[len(settings.notices) :]:
            notice(text)
    deliver(report, targets, _style(options, report))
    return report.exit_code


def _paths(given: tuple[str, ...]) -> list[str]:
    """The paths; none of them for standard input."""
    if STDIN not in given:
        return list(given)
    if len(given) > 1:
        raise UsageError("'-' is standard input and stands alone")
    return []


def _standard_input() -> str:
    from kubelint_lb.source.decode import NotText, decode

    try:
        return decode(sys.stdin.buffer.read())
    except NotText as error:
        raise UsageError(f"standard input is {error}") from None


def _settings(options: Options, settings: Settings) -> Settings:
    """The configuration's settings under the command line's."""
    fail_on = None if options.fail_on == "never" else Severity(options.fail_on)
    severity = min(Severity(options.severity), fail_on or Severity.ERROR, key=lambda one: one.rank)
    settings = settings._replace(severity=severity, fail_on=fail_on, complete=options.complete, render=not options.no_render)
    if options.select is not None:
        # Who asks for a rule now wants to see it, whatever the file leaves out.
        rules = {name: one for name, one in settings.rules.items() if not (one.off and name in options.select)}
        settings = settings._replace(select=options.select, ignore=(), rules=rules)
    if options.ignore is not None:
        settings = settings._replace(ignore=options.ignore)
    if options.kubernetes_version is not None:
        version = _version("--kubernetes-version", options.kubernetes_version)
        settings = settings._replace(kubernetes_version=version, kubernetes_version_set=True)
    if options.gateway_api_version is not None:
        version = _version("--gateway-api-version", options.gateway_api_version)
        settings = settings._replace(gateway_api_version=version, gateway_api_version_set=True)
    return settings


def _version(option: str, text: str) -> Version:
    try:
        return parse_version(text)
    except ValueError:
        raise UsageError(f"{option}: '{text}' is not a version such as 1.34") from None


def _style(options: Options, report: Report) -> Style:
    return Style(
        color=wants_color(options.color),
        width=width(),
        cwd=Path.cwd(),
        sarif_root=git_root(report.root) or report.root,
        statistics=options.statistics,
        quiet=options.quiet,
        verbose=options.verbose,
    )

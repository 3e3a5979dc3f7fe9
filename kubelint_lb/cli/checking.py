"""What `check` does: options and configuration become settings, a run's report goes where it was asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kubelint_lb.cache.answers import Answer
from kubelint_lb.catalogue.heads import HEADS
from kubelint_lb.cli.console import listen, notice, write_out
from kubelint_lb.cli.outputs import check_writable, deliver, plan, style_of
from kubelint_lb.cli.paths import STDIN, is_standard_input, jobs_of, standard_input, version_of
from kubelint_lb.cli.progress import Progress
from kubelint_lb.cli.question import ask, may_be_kept
from kubelint_lb.cli.which_cluster import WhichCluster, which_cluster
from kubelint_lb.config.config import load_settings
from kubelint_lb.engine.run import lint
from kubelint_lb.output.oneline import count
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.settings.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kubelint_lb.cli.check_options import Options
    from kubelint_lb.cli.outputs import Target
    from kubelint_lb.engine.fix import Fixed
    from kubelint_lb.report.finding import Report
    from kubelint_lb.settings.settings import Settings


def run_check(options: Options, question: list[str] | None = None) -> int:
    """Lints, writes the report, and returns the exit code. Raises UsageError for what the user has to change.

    The answer to a `question` is kept, so that the same run need not be made again (`cache.answers`).
    """
    cluster = which_cluster(options.cluster, options.context, options.namespace)
    if cluster is not None:
        _check_goes_with_cluster(options)
    if options.watch:
        _watched(options._replace(watch=False))
    targets = plan(options.format, options.outputs)
    _check_revisions(options)
    _check_fixing(options)
    if options.write_baseline is not None:
        check_writable("--write-baseline", options.write_baseline)
    paths = [] if is_standard_input(options.paths) else list(options.paths)
    asked, printed = (ask(question, options), listen()) if question is not None else (None, [])
    settings = _settings(options, load_settings(paths, options.config))
    if not options.quiet:
        for text in settings.notices:
            notice(text)
    if options.diff:
        return _previewed(paths, settings, options)
    report = _linted(paths, settings, options, cluster)
    if options.write_baseline is not None:
        report = _with_baseline(report, options.write_baseline)
    _tell(report, report.notices[len(settings.notices) :], targets, options)
    if settings.cache:
        HEADS.keep()
    if asked is not None and may_be_kept(report, settings, options):
        asked.answered(Answer(printed, report.exit_code))
    return report.exit_code


def _tell(report: Report, notices: Sequence[str], targets: Sequence[Target], options: Options) -> None:
    if not options.quiet:
        for text in notices:
            notice(text)
    if options.profile_rules:
        from kubelint_lb.report.rule_time import table

        sys.stderr.write(f"{table(report.times)}\n")
    style = style_of(report, options.color)
    style = style._replace(statistics=options.statistics, quiet=options.quiet, verbose=options.verbose)
    deliver(report, targets, style)


def _linted(paths: list[str], settings: Settings, options: Options, cluster: WhichCluster | None) -> Report:
    stdin = standard_input() if not paths and cluster is None else None
    with Progress():
        if cluster is not None:
            from kubelint_lb.engine.live.check import lint_cluster

            return lint_cluster(*cluster, paths, settings)
        return _changed(paths, settings, options) if _changes_files(options) else lint(paths or [STDIN], settings, stdin)


def _check_goes_with_cluster(options: Options) -> None:
    others = {
        "--fix": options.fix,
        "--diff": options.diff,
        "--add-ignores": options.add_ignores is not None,
        "--watch": options.watch,
        "--changed-since": options.changed_since is not None,
        "--new-since": options.new_since is not None,
        "standard input": STDIN in options.paths,
    }
    for name, given in others.items():
        if given:
            raise UsageError(f"--cluster only looks at what runs now: it does not go with {name}")


def _watched(options: Options) -> None:
    """Checks now, and after every change, until it is interrupted. Raises UsageError for what does not go with that."""
    from kubelint_lb.cli.watch import watch

    if STDIN in options.paths or options.fix or options.add_ignores is not None or options.write_baseline is not None:
        raise UsageError("--watch only looks: it goes with no option that writes, and not with standard input")
    root = load_settings(list(options.paths), options.config).root
    watch(root or Path.cwd(), lambda: run_check(options))


def _changes_files(options: Options) -> bool:
    return options.fix or options.add_ignores is not None


def _changed(paths: list[str], settings: Settings, options: Options) -> Report:
    """Repairs what can be repaired, or writes that it is to be left; the report is on what remains."""
    if options.add_ignores is not None:
        from kubelint_lb.engine.add_ignores import add_ignores

        found, words = add_ignores(paths, settings, options.add_ignores), ("comment", "comments", "written")
    else:
        from kubelint_lb.engine.fix import fix

        found, words = fix(paths, settings, unsafe=options.unsafe_fixes), ("fix", "fixes", "applied")
    if not options.quiet:
        _tell_changes(found, *words)
    return found.report


def _previewed(paths: list[str], settings: Settings, options: Options) -> int:
    """Prints what would be repaired; 1 where anything would."""
    from kubelint_lb.engine.fix import preview

    found, diff = preview(paths, settings, unsafe=options.unsafe_fixes)
    write_out(diff)
    if not options.quiet:
        _tell_changes(found, "fix", "fixes", "to apply")
    return int(bool(diff))


def _tell_changes(found: Fixed, one: str, many: str, verb: str) -> None:
    notice(f"{found.applied} {one if found.applied == 1 else many} {verb} in {count(len(found.before), 'file')}")
    for left in found.refused:
        notice(f"{left.path} was left alone: {left.reason}")
    if not found.converged:
        notice("the fixes did not come to an end: run it again, and please report it")


def _check_fixing(options: Options) -> None:
    fixing = "--fix" if options.fix else "--diff" if options.diff else None
    if options.add_ignores is not None and fixing is not None:
        raise UsageError(f"{fixing} and --add-ignores exclude each other")
    if options.add_ignores is not None and ("\n" in options.add_ignores or not options.add_ignores.strip()):
        raise UsageError("--add-ignores: give a reason, on one line")
    if options.unsafe_fixes and fixing is None:
        raise UsageError("--unsafe-fixes goes with --fix or --diff")
    fixing = "--add-ignores" if options.add_ignores is not None else fixing
    if fixing is not None and STDIN in options.paths:
        raise UsageError(f"{fixing}: standard input is no file that could be changed")


def _with_baseline(report: Report, file: Path) -> Report:
    """Writes a baseline of a report; with it, there is nothing left to report."""
    from datetime import date

    from kubelint_lb.engine.baseline import accepted, baseline_text, days_to_come

    text = baseline_text(report, days_to_come(file, report.root, date.today().isoformat()))
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"--write-baseline: cannot write {file}: {error.strerror}") from None
    known = accepted(report)
    written = len(known.suppressed) - len(report.suppressed)
    return known._replace(notices=(*report.notices, f"{file}: {count(written, 'finding')} written"))


def _check_revisions(options: Options) -> None:
    if options.changed_since is not None and options.new_since is not None:
        raise UsageError("--changed-since and --new-since exclude each other")
    named = next((name for name, value in _revisions(options) if value is not None), None)
    if named and STDIN in options.paths:
        raise UsageError(f"{named}: standard input has no revisions")
    if options.rendered and STDIN in options.paths:
        raise UsageError("--rendered: standard input stands alone")


def _revisions(options: Options) -> tuple[tuple[str, str | None], ...]:
    return ("--changed-since", options.changed_since), ("--new-since", options.new_since)


def _settings(options: Options, settings: Settings) -> Settings:
    """The configuration's settings under the command line's."""
    fail_on = None if options.fail_on == "never" else Severity(options.fail_on)
    severity = min(Severity(options.severity), fail_on or Severity.ERROR, key=lambda one: one.rank)
    settings = settings._replace(severity=severity, fail_on=fail_on, complete=options.complete)
    settings = settings._replace(render=not options.no_render, cache=not options.no_cache, profile_rules=options.profile_rules)
    if options.jobs is not None:
        settings = settings._replace(jobs=jobs_of(options.jobs))
    if options.rendered:
        from kubelint_lb.deploy.prerendered import named

        settings = settings._replace(rendered=named(options.rendered, settings))
    if options.profile is not None:
        settings = settings._replace(profile=options.profile)
    if options.select is not None:
        # Who asks for a rule now wants to see it, whatever the file leaves out.
        rules = {name: one for name, one in settings.rules.items() if not (one.off and name in options.select)}
        settings = settings._replace(select=options.select, ignore=(), rules=rules)
    settings = settings._replace(changed_since=options.changed_since, new_since=options.new_since)
    if options.write_baseline is not None:
        settings = settings._replace(baseline=None)
    elif options.baseline is not None:
        settings = settings._replace(baseline=options.baseline)
    if options.ignore is not None:
        settings = settings._replace(ignore=options.ignore)
    if options.kubernetes_version is not None:
        version = version_of("--kubernetes-version", options.kubernetes_version)
        settings = settings._replace(kubernetes_version=version, kubernetes_version_set=True)
    if options.gateway_api_version is not None:
        version = version_of("--gateway-api-version", options.gateway_api_version)
        settings = settings._replace(gateway_api_version=version, gateway_api_version_set=True)
    return settings

"""`kubelint-lb check`: its options. What it does is in `checking`, imported when the options are understood."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kubelint_lb.cli import complete as words
from kubelint_lb.cli.tree import ClusterFlag, Complete, Config, Context, Namespace, NoRender, Rendered, which_cluster


class Minimum(StrEnum):
    """Severities, as options name them."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class FailOn(StrEnum):
    """Severities that make the exit code 1, and never."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


class Color(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


_Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PATHS]...", help="Files and folders; default: the current folder. - is standard input."),
]
_Format = Annotated[
    str,
    typer.Option("--format", "-f", metavar="FORMAT", help="text, concise, json, sarif or github.", autocompletion=words.formats),
]
_Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "--output", "-o", metavar="[FORMAT=]FILE", help="Write to a file; with FORMAT=, besides what is printed. Repeatable."
    ),
]
_Select = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAMES",
        help="Only these rules, families or profiles, or ALL; with commas or repeated.",
        autocompletion=words.selectors,
    ),
]
_Ignore = Annotated[
    list[str] | None,
    typer.Option(metavar="NAMES", help="Not these rules, families or profiles.", autocompletion=words.selectors),
]
_Profile = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="A set of rules and severities, such as strict or gateway-migration.", autocompletion=words.profiles
    ),
]
_Severity = Annotated[Minimum, typer.Option(help="The lowest severity that is shown.")]
_FailOn = Annotated[FailOn, typer.Option(help="The lowest severity that makes the exit code 1.")]
_Kubernetes = Annotated[str | None, typer.Option(metavar="1.N", help="Version of the cluster.")]
_GatewayApi = Annotated[str | None, typer.Option(metavar="1.N", help="Version of the Gateway API in the cluster.")]
_NoCache = Annotated[bool, typer.Option("--no-cache", help="Render everything anew, and keep nothing of it.")]
_Baseline = Annotated[Path | None, typer.Option(metavar="FILE", help="Do not report the findings that this file lists.")]
_WriteBaseline = Annotated[
    Path | None, typer.Option(metavar="FILE", help="List all findings in this file, so that --baseline can leave them out.")
]
_ChangedSince = Annotated[
    str | None,
    typer.Option(metavar="REV", help="Report on the files that differ from a git revision, and on what the change breaks."),
]
_NewSince = Annotated[str | None, typer.Option(metavar="REV", help="Report the findings that a git revision did not have.")]
_Statistics = Annotated[bool, typer.Option("--statistics", help="Count findings by rule.")]
_ProfileRules = Annotated[bool, typer.Option("--profile-rules", help="Say on standard error how long each rule took.")]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Findings only: no summary, no notices.")]
_Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="List what was skipped, hidden and suppressed.")]
_Fix = Annotated[bool, typer.Option("--fix", help="Apply safe fixes, and report what is left.")]
_UnsafeFixes = Annotated[bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: those that may change a meaning, too.")]
_Diff = Annotated[bool, typer.Option("--diff", help="Print what --fix would change, and change nothing.")]
_AddIgnores = Annotated[
    str | None, typer.Option(metavar="REASON", help="Write a suppression comment, with this reason, for all that is found.")
]
_Watch = Annotated[bool, typer.Option("--watch", help="Run again whenever a file changes.")]
_Color = Annotated[Color, typer.Option(help="Colour the text; auto: on a terminal.")]


def check(
    paths: _Paths = None,
    *,
    format: _Format = "text",  # noqa: A002
    output: _Outputs = None,
    select: _Select = None,
    ignore: _Ignore = None,
    profile: _Profile = None,
    severity: _Severity = Minimum.WARNING,
    fail_on: _FailOn = FailOn.WARNING,
    config: Config = None,
    complete: Complete = False,
    kubernetes_version: _Kubernetes = None,
    gateway_api_version: _GatewayApi = None,
    no_render: NoRender = False,
    no_cache: _NoCache = False,
    rendered: Rendered = None,
    cluster: ClusterFlag = False,
    context: Context = None,
    namespace: Namespace = None,
    baseline: _Baseline = None,
    write_baseline: _WriteBaseline = None,
    changed_since: _ChangedSince = None,
    new_since: _NewSince = None,
    fix: _Fix = False,
    unsafe_fixes: _UnsafeFixes = False,
    diff: _Diff = False,
    add_ignores: _AddIgnores = None,
    watch: _Watch = False,
    statistics: _Statistics = False,
    profile_rules: _ProfileRules = False,
    quiet: _Quiet = False,
    verbose: _Verbose = False,
    color: _Color = Color.AUTO,
) -> None:
    """Lint manifests.

    Exit codes: 0 nothing found, 1 findings, 2 wrong usage or configuration, 3 a defect of kubelint-lb.
    """
    from kubelint_lb.cli.checking import Options, run_check

    options = Options(
        paths=tuple(paths or ([] if cluster else ["."])),
        format=format,
        outputs=tuple(output or ()),
        select=_split(select),
        ignore=_split(ignore),
        profile=profile,
        severity=severity.value,
        fail_on=fail_on.value,
        config=config,
        complete=complete,
        kubernetes_version=kubernetes_version,
        gateway_api_version=gateway_api_version,
        no_render=no_render,
        no_cache=no_cache,
        rendered=tuple(rendered or ()),
        cluster=which_cluster(cluster, context, namespace),
        baseline=baseline,
        write_baseline=write_baseline,
        changed_since=changed_since,
        new_since=new_since,
        statistics=statistics,
        profile_rules=profile_rules,
        quiet=quiet,
        verbose=verbose,
        color=color.value,
        fix=fix,
        unsafe_fixes=unsafe_fixes,
        diff=diff,
        add_ignores=add_ignores,
        watch=watch,
    )
    raise typer.Exit(run_check(options))


def _split(values: list[str] | None) -> tuple[str, ...] | None:
    """The names of a repeatable option with commas; None where it was not given."""
    if values is None:
        return None
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())

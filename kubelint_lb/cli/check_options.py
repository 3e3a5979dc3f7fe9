"""The options of `kubelint-lb check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.cli.option import Option

if TYPE_CHECKING:
    from kubelint_lb.cli.option import Values

_SEVERITIES = ("error", "warning", "info")

PATHS = ("paths", "Default: the current folder; - is standard input.")
WORDS = """Lint manifests.

Exit codes: 0 nothing found, 1 findings, 2 wrong usage or configuration, 3 a defect of kubelint-lb.
"""
OPTIONS = (
    Option("format", ("--format", "-f"), "Of the report; default: text.", "FORMAT", "text", completion="formats"),
    Option(
        "outputs",
        ("--output", "-o"),
        "Write to a file; repeatable.",
        "[FORMAT=]FILE",
        repeats=True,
    ),
    Option(
        "select",
        ("--select",),
        "Only these rules, families, profiles; ALL.",
        "NAMES",
        repeats=True,
        completion="selectors",
    ),
    Option("ignore", ("--ignore",), "Not these rules, families or profiles.", "NAMES", repeats=True, completion="selectors"),
    Option(
        "profile",
        ("--profile",),
        "A set of rules, such as strict.",
        "NAME",
        completion="profiles",
    ),
    Option("severity", ("--severity",), "The lowest that is shown; default: warning.", default="warning", choices=_SEVERITIES),
    Option(
        "fail_on",
        ("--fail-on",),
        "The lowest that fails; default: warning.",
        default="warning",
        choices=(*_SEVERITIES, "never"),
    ),
    Option("config", ("--config",), "Default: the nearest .kubelint-lb.yaml.", "FILE"),
    Option("complete", ("--complete",), "What is not in the files is missing.", default=False),
    Option("kubernetes_version", ("--kubernetes-version",), "Version of the cluster.", "1.N"),
    Option("gateway_api_version", ("--gateway-api-version",), "Version of its Gateway API.", "1.N"),
    Option("no_render", ("--no-render",), "Run no kustomize or Helm.", default=False),
    Option("jobs", ("--jobs", "-j"), "Renderings at a time.", "N"),
    Option("no_cache", ("--no-cache",), "Do everything anew, and keep nothing.", default=False),
    Option(
        "rendered",
        ("--rendered",),
        "What another tool rendered; repeatable.",
        "DIR",
        repeats=True,
    ),
    Option(
        "cluster",
        ("--cluster",),
        "Read what runs, through kubectl.",
        default=False,
    ),
    Option("context", ("--context",), "Of kubectl, with --cluster.", "NAME"),
    Option("namespace", ("--namespace", "-n"), "Only this one, with --cluster.", "NAME"),
    Option("baseline", ("--baseline",), "Leave out the findings that it lists.", "FILE"),
    Option(
        "write_baseline",
        ("--write-baseline",),
        "List all findings in it.",
        "FILE",
    ),
    Option(
        "changed_since",
        ("--changed-since",),
        "Files that differ, and what that breaks.",
        "REV",
    ),
    Option("new_since", ("--new-since",), "Findings that the revision did not have.", "REV"),
    Option("fix", ("--fix",), "Apply safe fixes, and report the rest.", default=False),
    Option("unsafe_fixes", ("--unsafe-fixes",), "Also those that may change a meaning.", default=False),
    Option("diff", ("--diff",), "Print what --fix would change.", default=False),
    Option(
        "add_ignores",
        ("--add-ignores",),
        "Write suppression comments for all.",
        "REASON",
    ),
    Option("watch", ("--watch",), "Run again whenever a file changes.", default=False),
    Option("statistics", ("--statistics",), "Count findings by rule.", default=False),
    Option("profile_rules", ("--profile-rules",), "Say how long each rule took.", default=False),
    Option("quiet", ("--quiet", "-q"), "Findings only: no summary, no notices.", default=False),
    Option("verbose", ("--verbose", "-v"), "List what was skipped and suppressed.", default=False),
    Option("color", ("--color",), "Default: on a terminal.", default="auto", choices=("auto", "always", "never")),
)


class Options(NamedTuple):
    """The options as given; None where a default or the configuration holds."""

    paths: tuple[str, ...]
    format: str
    outputs: tuple[str, ...]
    select: tuple[str, ...] | None
    ignore: tuple[str, ...] | None
    profile: str | None
    severity: str
    fail_on: str
    config: Path | None
    complete: bool
    kubernetes_version: str | None
    gateway_api_version: str | None
    no_render: bool
    jobs: str | None
    no_cache: bool
    rendered: tuple[Path, ...]
    cluster: bool
    context: str | None
    namespace: str | None
    baseline: Path | None
    write_baseline: Path | None
    changed_since: str | None
    new_since: str | None
    fix: bool
    unsafe_fixes: bool
    diff: bool
    add_ignores: str | None
    watch: bool
    statistics: bool
    profile_rules: bool
    quiet: bool
    verbose: bool
    color: str


_PATHS = ("config", "baseline", "write_baseline")


def options_of(values: Values) -> Options:
    """What a reader of the table found, as what `check` works with."""
    given = dict(values)
    for name in _PATHS:
        given[name] = Path(str(given[name])) if given[name] is not None else None
    for name in ("select", "ignore"):
        given[name] = _names(given[name])
    given["paths"] = tuple(_listed(given["paths"]) or ([] if given["cluster"] else ["."]))
    given["outputs"] = tuple(_listed(given["outputs"]))
    given["rendered"] = tuple(Path(one) for one in _listed(given["rendered"]))
    return Options(**given)  # type: ignore[arg-type]


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _names(value: object) -> tuple[str, ...] | None:
    """The names of a repeatable option with commas; None where it was not given."""
    if not _listed(value):
        return None
    return tuple(name.strip() for one in _listed(value) for name in one.split(",") if name.strip())

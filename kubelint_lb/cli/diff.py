"""`kubelint-lb diff`: what a change does to the traffic."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kubelint_lb.cli.tree import (
    ClusterFlag,
    Complete,
    Config,
    Context,
    KubernetesVersion,
    Namespace,
    NoRender,
    Rendered,
    TreeOptions,
    TreePaths,
    tree_settings,
)
from kubelint_lb.cli.which_cluster import WhichCluster, which_cluster
from kubelint_lb.settings.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kubelint_lb.engine.diff.change import Comparison
    from kubelint_lb.settings.settings import Settings


class DiffForm(StrEnum):
    """How to print a comparison."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


_Revisions = Annotated[
    str | None,
    typer.Argument(
        metavar="REV[..REV]", help="A git revision to compare the work tree with, or two of them; none with --cluster."
    ),
]
_Form = Annotated[DiffForm, typer.Option("--format", "-f", help="Text, JSON, or Markdown for a pull request.")]
_Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")]
_ExitCode = Annotated[bool, typer.Option("--exit-code", help="Exit with 1 where something changed.")]


def diff(
    revisions: _Revisions = None,
    paths: TreePaths = None,
    *,
    format: _Form = DiffForm.TEXT,  # noqa: A002
    output: _Output = None,
    exit_code: _ExitCode = False,
    config: Config = None,
    complete: Complete = False,
    kubernetes_version: KubernetesVersion = None,
    no_render: NoRender = False,
    rendered: Rendered = None,
    cluster: ClusterFlag = False,
    context: Context = None,
    namespace: Namespace = None,
) -> None:
    """Compare the traffic of two trees, or of a cluster and a tree: what is exposed, lost, broken, moved or new, by risk."""
    from kubelint_lb.cli.outputs import write_text
    from kubelint_lb.output.flow.diff_json import diff_json
    from kubelint_lb.output.flow.diff_markdown import diff_markdown
    from kubelint_lb.output.flow.diff_text import diff_text
    from kubelint_lb.output.paths import Paths
    from kubelint_lb.settings.root import find_root

    which = which_cluster(cluster, context, namespace)
    if which is not None and revisions is not None:  # no revision, but the first path
        paths, revisions = [revisions, *(paths or ())], None
    given = list(paths or ["."])
    settings = tree_settings(given, TreeOptions(config, rendered, kubernetes_version, not no_render, complete))
    found = _with_cluster(which, given, settings) if which is not None else _revisions(revisions, given, settings)
    root = settings.root or find_root([Path(one) for one in given]).folder
    shown = {DiffForm.TEXT: diff_text, DiffForm.JSON: diff_json, DiffForm.MARKDOWN: diff_markdown}[format]
    write_text(shown(found, Paths(root, Path.cwd())), output)
    raise typer.Exit(int(exit_code and bool(found.changes)))


def _revisions(revisions: str | None, paths: Sequence[str], settings: Settings) -> Comparison:
    from kubelint_lb.engine.diff.trees import compare_revisions

    if revisions is None:
        raise UsageError("diff: name a git revision to compare with (such as main), or --cluster")
    return compare_revisions(revisions, paths, settings)


def _with_cluster(which: WhichCluster, paths: Sequence[str], settings: Settings) -> Comparison:
    from kubelint_lb.cli.console import notice
    from kubelint_lb.engine.live.diff import compare_cluster

    found = compare_cluster(*which, paths, settings)
    for text in found.notices:
        notice(text)
    return found.comparison

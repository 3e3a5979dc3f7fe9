"""`kubelint-lb diff`: what a change does to the traffic."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kubelint_lb.cli.tree import Complete, Config, KubernetesVersion, NoRender, Rendered, TreeOptions, TreePaths, tree_settings


class DiffForm(StrEnum):
    """How to print a comparison."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


_Revisions = Annotated[
    str, typer.Argument(metavar="REV[..REV]", help="A git revision to compare the work tree with, or two of them.")
]
_Form = Annotated[DiffForm, typer.Option("--format", "-f", help="Text, JSON, or Markdown for a pull request.")]
_Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")]
_ExitCode = Annotated[bool, typer.Option("--exit-code", help="Exit with 1 where something changed.")]


def diff(
    revisions: _Revisions,
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
) -> None:
    """Compare the traffic of two trees: what is exposed, lost, broken, moved or new, ordered by what it risks."""
    from kubelint_lb.cli.outputs import write_text
    from kubelint_lb.engine.diff.trees import compare_revisions
    from kubelint_lb.output.flow.diff_json import diff_json
    from kubelint_lb.output.flow.diff_markdown import diff_markdown
    from kubelint_lb.output.flow.diff_text import diff_text
    from kubelint_lb.output.paths import Paths
    from kubelint_lb.settings.root import find_root

    given = list(paths or ["."])
    settings = tree_settings(given, TreeOptions(config, rendered, kubernetes_version, not no_render, complete))
    found = compare_revisions(revisions, given, settings)
    root = settings.root or find_root([Path(one) for one in given]).folder
    shown = {DiffForm.TEXT: diff_text, DiffForm.JSON: diff_json, DiffForm.MARKDOWN: diff_markdown}[format]
    write_text(shown(found, Paths(root, Path.cwd())), output)
    raise typer.Exit(int(exit_code and bool(found.changes)))

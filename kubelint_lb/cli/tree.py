"""The options that say how a tree is read, for every command that reads one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kubelint_lb.settings.settings import Settings

TreePaths = Annotated[
    list[str] | None, typer.Argument(metavar="[PATHS]...", help="Files and folders; default: the current folder.")
]
Config = Annotated[Path | None, typer.Option(metavar="FILE", help="Configuration; default: the nearest .kubelint-lb.yaml.")]
Complete = Annotated[bool, typer.Option("--complete", help="The files hold everything: what is not found in them is missing.")]
NoRender = Annotated[bool, typer.Option("--no-render", help="Read kustomizations file by file; run no kustomize or Helm.")]
Rendered = Annotated[
    list[Path] | None, typer.Option(metavar="DIR", help="A folder of manifests that another tool rendered; may be repeated.")
]


def tree_settings(
    paths: list[str], config: Path | None, rendered: list[Path] | None, *, render: bool, complete: bool = False
) -> Settings:
    """The settings for reading a tree: the configuration's, with what the options say. Raises UsageError."""
    from kubelint_lb.config.config import load_settings

    settings = load_settings(paths, config)._replace(render=render)
    settings = settings._replace(complete=complete or settings.complete)
    if not rendered:
        return settings
    from kubelint_lb.deploy.prerendered import named

    return settings._replace(rendered=named(rendered, settings))

"""The options that say how a tree is read, for every command that reads one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kubelint_lb.kube.versions import Version, parse_version
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.settings.severity import Severity

if TYPE_CHECKING:
    from kubelint_lb.engine.reading import Reading
    from kubelint_lb.settings.settings import Settings

STDIN = "-"

TreePaths = Annotated[
    list[str] | None, typer.Argument(metavar="[PATHS]...", help="Files and folders; default: the current folder.")
]
Config = Annotated[Path | None, typer.Option(metavar="FILE", help="Configuration; default: the nearest .kubelint-lb.yaml.")]
Complete = Annotated[bool, typer.Option("--complete", help="The files hold everything: what is not found in them is missing.")]
NoRender = Annotated[bool, typer.Option("--no-render", help="Read kustomizations file by file; run no kustomize or Helm.")]
Rendered = Annotated[
    list[Path] | None, typer.Option(metavar="DIR", help="A folder of manifests that another tool rendered; may be repeated.")
]


KubernetesVersion = Annotated[str | None, typer.Option(metavar="1.N", help="Version of the cluster.")]


class TreeOptions(NamedTuple):
    """What these options say."""

    config: Path | None = None
    rendered: Sequence[Path] | None = None
    kubernetes_version: str | None = None
    render: bool = True
    complete: bool = False


def tree_settings(paths: Sequence[str], options: TreeOptions) -> Settings:
    """The settings for reading a tree: the configuration's, with what the options say. Raises UsageError."""
    from kubelint_lb.config.config import load_settings

    # Standard input lies nowhere: the configuration is that of the current folder.
    settings = load_settings([one for one in paths if one != STDIN], options.config)._replace(render=options.render)
    settings = settings._replace(complete=options.complete or settings.complete)
    if options.kubernetes_version is not None:
        version = version_of("--kubernetes-version", options.kubernetes_version)
        settings = settings._replace(kubernetes_version=version, kubernetes_version_set=True)
    if not options.rendered:
        return settings
    from kubelint_lb.deploy.prerendered import named

    return settings._replace(rendered=named(options.rendered, settings))


def version_of(option: str, text: str) -> Version:
    """The version that an option names. Raises UsageError."""
    try:
        return parse_version(text)
    except ValueError:
        raise UsageError(f"{option}: '{text}' is not a version such as 1.34") from None


def read_tree(paths: Sequence[str], options: TreeOptions, severity: Severity = Severity.WARNING) -> Reading:
    """What files and folders deploy; `-` alone is standard input. Findings below `severity` are left out. Raises UsageError."""
    from kubelint_lb.engine.reading import read_worlds

    settings = tree_settings(paths, options)._replace(severity=severity)
    return read_worlds(paths, settings, standard_input() if is_standard_input(paths) else None)


def is_standard_input(paths: Sequence[str]) -> bool:
    """The one path is `-`. Raises UsageError where there are others beside it."""
    if STDIN in paths and len(paths) > 1:
        raise UsageError("'-' is standard input and stands alone")
    return STDIN in paths


def standard_input() -> str:
    """The text of standard input. Raises UsageError where it is none."""
    from kubelint_lb.source.decode import NotText, decode
    from kubelint_lb.source.files import MOST_BYTES

    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UsageError(f"standard input is larger than {MOST_BYTES >> 20} MB")
    try:
        return decode(data)
    except NotText as error:
        raise UsageError(f"standard input is {error}") from None

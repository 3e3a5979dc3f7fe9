"""The command line as typer makes it: for every command, for help and completion, and for mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Annotated

import typer
from typer.main import get_command

from kubelint_lb import __version__

# The commands in the order of the help, each with its function in the module of its name or of another.
_COMMANDS = {
    "check": "check:check",
    "trace": "trace:trace",
    "test": "expect:expect",
    "diff": "diff:diff",
    "graph": "graph:graph",
    "rules": "rules:rules",
    "explain": "explain:explain",
    "test-rules": "rule_tests:try_rules",
    "units": "units:units",
    "init": "init:init",
    "lsp": "lsp:lsp",
}


def run(arguments: Sequence[str]) -> None:
    """Runs the command that some arguments name, and ends the process with its exit code."""
    get_command(_app(_wanted(arguments)))(args=list(arguments), prog_name="kubelint-lb")


def _version(value: bool) -> None:  # noqa: FBT001
    if value:
        typer.echo(f"kubelint-lb {__version__}")
        raise typer.Exit


def _program(
    *, _version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False
) -> None:
    """Finds mistakes in Kubernetes traffic configuration: Services, Ingresses, Gateway API routes and what is behind them."""


def _app(names: Iterable[str]) -> typer.Typer:
    # Without markup, typer does not import rich, which takes longer than a small run.
    app = typer.Typer(
        name="kubelint-lb",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_program)
    for name in names:
        module, _, function = _COMMANDS[name].partition(":")
        app.command(name)(getattr(import_module(f"kubelint_lb.cli.{module}"), function))
    return app


def _wanted(arguments: Sequence[str]) -> Iterable[str]:
    """The one command that is called for sure, so that no other is imported; all of them for help, completion and mistakes."""
    return arguments[:1] if arguments and arguments[0] in _COMMANDS else _COMMANDS

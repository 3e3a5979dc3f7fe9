"""The `kubelint-lb` program: its commands, and what becomes of errors."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer
from typer.main import get_command

from kubelint_lb import __version__
from kubelint_lb.cli.check import check
from kubelint_lb.cli.diff import diff
from kubelint_lb.cli.expect import expect
from kubelint_lb.cli.explain import explain
from kubelint_lb.cli.graph import graph
from kubelint_lb.cli.init import init
from kubelint_lb.cli.lsp import lsp
from kubelint_lb.cli.rule_tests import try_rules
from kubelint_lb.cli.rules import rules
from kubelint_lb.cli.trace import trace
from kubelint_lb.cli.units import units
from kubelint_lb.settings.errors import FileError, UsageError

USAGE, DEFECT, INTERRUPTED = 2, 3, 130
_ISSUES = "https://github.com/kubelint-lb/kubelint-lb/issues"


def _version(value: bool) -> None:  # noqa: FBT001
    if value:
        typer.echo(f"kubelint-lb {__version__}")
        raise typer.Exit


def _program(
    *, _version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False
) -> None:
    """Finds mistakes in Kubernetes traffic configuration: Services, Ingresses, Gateway API routes and what is behind them."""


def _app() -> typer.Typer:
    # Without markup, typer does not import rich, which takes longer than a small run.
    app = typer.Typer(
        name="kubelint-lb",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_program)
    named = {expect: "test", try_rules: "test-rules"}
    for command in (check, trace, expect, diff, graph, rules, explain, try_rules, units, init, lsp):
        app.command(named.get(command))(command)
    return app


def main(arguments: list[str] | None = None) -> None:
    """Runs the program with some arguments (default: the process's) and ends the process with its exit code."""
    if arguments is not None:
        _run(arguments)
        return
    # The process is ours and short: what it makes it keeps. Collecting garbage, at exit too, takes a fifth of a small run.
    gc.disable()
    try:
        _run(None)
    finally:
        gc.freeze()


def _run(arguments: list[str] | None) -> None:
    try:
        get_command(_app())(args=arguments, prog_name="kubelint-lb")
    except FileError as error:
        # As compilers write it, so that editors find the place.
        _tell(str(error))
        sys.exit(USAGE)
    except UsageError as error:
        _tell(f"kubelint-lb: {error}")
        sys.exit(USAGE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception:
        import traceback

        traceback.print_exc()
        print(f"\nkubelint-lb: this is a defect of kubelint-lb; please report it: {_ISSUES}", file=sys.stderr)  # noqa: T201
        sys.exit(DEFECT)


def _tell(text: str) -> None:
    from kubelint_lb.cli.console import write_error

    write_error(text)


if __name__ == "__main__":
    main()

"""The `kubelint-lb` program: its commands, and what becomes of errors."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from types import FrameType
from typing import Annotated, NoReturn

import typer
from typer.main import get_command

from kubelint_lb import __version__
from kubelint_lb.cli.console import open_streams
from kubelint_lb.settings.errors import FileError, UsageError

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


def _app(names: Iterable[str] = _COMMANDS) -> typer.Typer:
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


def main(arguments: list[str] | None = None) -> None:
    """Runs the program with some arguments (default: the process's) and ends the process with its exit code."""
    if arguments is not None:
        _run(arguments)
        return
    # The process is ours and short: what it makes it keeps. Collecting garbage, at exit too, takes a fifth of a small run.
    gc.disable()
    _stop_on_signals()
    open_streams()
    try:
        _run(None)
    finally:
        gc.freeze()


def _stop_on_signals() -> None:
    """CI systems end a job, and a terminal what runs in it: that is an exit like others, which leaves no tool running and no
    temporary folder behind."""

    def stop(number: int, _: FrameType | None) -> NoReturn:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # `nohup` ignores it
            signal.signal(number, stop)


def _run(arguments: list[str] | None) -> None:
    try:
        app = _app(_wanted(sys.argv[1:] if arguments is None else arguments))
        get_command(app)(args=arguments, prog_name="kubelint-lb")
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

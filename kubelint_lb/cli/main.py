"""The `kubelint-lb` program: who reads its arguments, and what becomes of errors."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from kubelint_lb.cli.console import open_streams

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType
    from typing import NoReturn

    from kubelint_lb.cli.option import Values

USAGE, DEFECT, INTERRUPTED = 2, 3, 130
_ISSUES = "https://github.com/kubelint-lb/kubelint-lb/issues"
# Set by shells that ask for completions.
_COMPLETING = "_KUBELINT_LB_COMPLETE"


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
        _run(sys.argv[1:])
    finally:
        gc.freeze()


def _stop_on_signals() -> None:
    """CI systems end a job, and a terminal what runs in it: that is an exit like others, which leaves no tool running and no
    temporary folder behind."""
    import signal

    def stop(number: int, _: FrameType | None) -> NoReturn:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # `nohup` ignores it
            signal.signal(number, stop)


def _run(arguments: Sequence[str]) -> None:
    try:
        _dispatch(arguments)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        from kubelint_lb.settings.errors import FileError, UsageError

        if isinstance(error, FileError | UsageError):
            # A file as compilers write it, so that editors find the place.
            _tell(str(error) if isinstance(error, FileError) else f"kubelint-lb: {error}")
            sys.exit(USAGE)
        import traceback

        traceback.print_exc()
        print(f"\nkubelint-lb: this is a defect of kubelint-lb; please report it: {_ISSUES}", file=sys.stderr)  # noqa: T201
        sys.exit(DEFECT)


def _dispatch(arguments: Sequence[str]) -> None:
    # Importing typer takes longer than checking a file: a plain `check` does without. Windows has patterns to expand.
    if arguments[:1] == ["check"] and _COMPLETING not in os.environ and os.name != "nt":
        from kubelint_lb.cli.check_options import OPTIONS, PATHS
        from kubelint_lb.cli.option import read_quickly

        values = read_quickly(arguments[1:], OPTIONS, PATHS[0])
        if values is not None:
            sys.exit(_check(values))
    from kubelint_lb.cli.program import run

    run(arguments)


def _check(values: Values) -> int:
    """Checks, or says again what was said when everything looked as it does now."""
    from kubelint_lb.cli.question import question_of

    question = question_of(values)
    if question is not None:
        from kubelint_lb.cache.answers import find_answer

        answer = find_answer(question)
        if answer is not None:
            from kubelint_lb.cli.console import repeat

            repeat(answer.printed)
            return answer.code
    from kubelint_lb.cli.check_options import options_of
    from kubelint_lb.cli.checking import run_check

    return run_check(options_of(values), question)


def _tell(text: str) -> None:
    from kubelint_lb.cli.console import write_error

    write_error(text)


if __name__ == "__main__":
    main()

"""`kubelint-lb check`, as typer knows it. What it does is in `checking`, imported when the options are understood."""

from __future__ import annotations

from kubelint_lb.cli.check_options import OPTIONS, PATHS, WORDS, options_of
from kubelint_lb.cli.option import Values, typed


def _run(values: Values) -> int:
    from kubelint_lb.cli.checking import run_check

    return run_check(options_of(values))


check = typed(OPTIONS, PATHS, _run, WORDS)

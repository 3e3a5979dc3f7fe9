"""`kubelint-lb test-rules`: the examples of a team's own rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_Folders = Annotated[list[Path], typer.Argument(metavar="DIR...", help="Folders with rules, as rule-paths names them.")]


def try_rules(folders: _Folders) -> None:
    """Run the examples in the files of your own rules.

    Exit codes: 0 all are as they say, 1 some are not, 2 a rule file has mistakes.
    """
    from kubelint_lb.cli.console import write_out
    from kubelint_lb.engine.rule_examples import run_examples
    from kubelint_lb.output.cells import printable_lines
    from kubelint_lb.output.oneline import count

    tested = run_examples(tuple(one.resolve() for one in folders))
    lines = []
    for one in tested.failed:
        lines.append(f"{one.rule}: {one.title}")
        lines += [f"  not found: {place}" for place in one.missing]
        lines += [f"  not expected: {place}" for place in one.unexpected]
    good = tested.examples - len(tested.failed)
    lines.append(f"{good} of {count(tested.examples, 'example')} of {count(tested.rules, 'rule')} are as they say.")
    write_out(printable_lines("\n".join(lines)) + "\n")
    raise typer.Exit(int(bool(tested.failed)))

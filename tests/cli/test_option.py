"""typer and the quick reader are made of one table, and read alike whatever both understand."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from kubelint_lb.cli.check_options import OPTIONS, PATHS, WORDS, Options, options_of
from kubelint_lb.cli.option import Option, Values, read_quickly, typed


def by_typer(arguments: list[str]) -> Values | None:
    """What typer reads; None where it complains."""
    from typer import Typer
    from typer.main import get_command

    read: list[Values] = []

    def keep(values: Values) -> int:
        read.append(values)
        return 0

    app = Typer(add_completion=False, rich_markup_mode=None)
    app.command()(typed(OPTIONS, PATHS, keep, WORDS))
    command: Any = get_command(app)
    with pytest.raises(SystemExit):
        command(args=arguments)
    return read[0] if read else None


def quickly(*arguments: str) -> Values | None:
    return read_quickly(arguments, OPTIONS, PATHS[0])


def written(option: Option, value: str) -> Iterator[list[str]]:
    """The ways to write an option with a value."""
    for flag in option.flags:
        if option.takes_nothing:
            yield [flag]
        else:
            yield [flag, value]
            if flag.startswith("--"):
                yield [f"{flag}={value}"]


@pytest.mark.parametrize("option", [pytest.param(one, id=one.field) for one in OPTIONS])
def test_both_read_every_option_alike(option: Option) -> None:
    for value in option.choices or ("some", "a,b", "x=y", "ünï"):
        for arguments in written(option, value):
            read = quickly("first", *arguments, "last")
            assert read == by_typer(["first", *arguments, "last"])
            assert read is not None
            assert read["paths"] == ["first", "last"]
            assert isinstance(options_of(read), Options)


@pytest.mark.filterwarnings("error")
def test_both_read_command_lines_at_random_alike(capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(7)
    words = ["a", "b.yaml", "--", "-", "-qv", "-fjson", "--no", "--format", "--help", "-h", "-x", "--quiet=1", "--severity=none"]
    understood = 0
    for _ in range(300):
        arguments: list[str] = []
        for _ in range(dice.randrange(6)):
            option = dice.choice(OPTIONS)
            ways = list(written(option, dice.choice(option.choices or ("json", "a"))))
            arguments += dice.choice(ways) if dice.random() < 0.7 else [dice.choice(words)]
        read = quickly(*arguments)
        if read is not None:
            understood += 1
            assert read == by_typer(arguments), arguments
    capsys.readouterr()
    assert understood > 50


@pytest.mark.parametrize(
    "words", ["--help", "-h", "--formt json", "--severity fatal", "--format", "--quiet=yes", "-qv", "-fjson"]
)
def test_what_is_not_plain_is_left_to_typer(words: str) -> None:
    assert quickly(*words.split()) is None


def test_every_field_has_an_option() -> None:
    assert {*Options._fields} == {"paths", *(one.field for one in OPTIONS)}

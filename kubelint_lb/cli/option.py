"""An option of a command as data, so that two readers can be made of one table: typer's, and a quick one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# What was given, by the names of fields.
Values: TypeAlias = "dict[str, object]"

# What is completed with files and folders.
_PLACES = ("FILE", "DIR")


class Option(NamedTuple):
    """An option. `field` is the name under which its value is known; `flags` how it is written; `metavar` what it takes, None
    for one that takes nothing.

    `choices` are the only values that it takes. `repeats`: its values are a list, None where it was not given. `completion` names
    a function of `cli.complete`.
    """

    field: str
    flags: tuple[str, ...]
    help: str
    metavar: str | None = None
    default: str | bool | None = None
    choices: tuple[str, ...] = ()
    repeats: bool = False
    completion: str | None = None

    @property
    def takes_nothing(self) -> bool:
        """It is given or not."""
        return self.metavar is None and not self.choices


def read_quickly(arguments: Sequence[str], options: Sequence[Option], rest: str) -> Values | None:
    """The values of all options and, under the field `rest`, the arguments that are none.

    None for all that is not perfectly plain: help, mistakes, empty words, what looks like an option where a value is due. Who
    knows to complain reads those.
    """
    values: Values = {one.field: one.default for one in options}
    by_flag = {flag: one for one in options for flag in one.flags}
    others: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            others += waiting
            break
        if argument == "-" or not argument.startswith("-"):
            others.append(argument)
            continue
        name, equals, value = argument.partition("=")
        option = by_flag.get(name)
        if option is None or (equals and (option.takes_nothing or not name.startswith("--"))):
            return None
        if option.takes_nothing:
            values[option.field] = True
            continue
        given = value if equals else next(waiting, None)
        if not given or (not equals and given.startswith("-") and given != "-"):
            return None
        if option.choices and given not in option.choices:
            return None
        _keep(values, option, given)
    values[rest] = others or None
    return values


def _keep(values: Values, option: Option, given: str) -> None:
    if not option.repeats:
        values[option.field] = given
        return
    before = values[option.field]
    values[option.field] = [*(before if isinstance(before, list) else ()), given]


def typed(options: Sequence[Option], argument: tuple[str, str], run: Callable[[Values], int], words: str) -> Callable[..., None]:
    """The function that typer makes a command of. `argument` is the field and the help of the paths, `words` the help."""
    import inspect
    from typing import Annotated

    import typer

    def command(**values: object) -> None:
        raise typer.Exit(run({name: _plain(value) for name, value in values.items()}))

    field, help_text = argument
    paths = Annotated[list[str] | None, typer.Argument(metavar="[PATHS]...", help=help_text)]
    kinds = {field: paths, **{one.field: _annotation(one) for one in options}}
    defaults = {field: None, **{one.field: _default(one, kinds[one.field]) for one in options}}
    keyword = inspect.Parameter.KEYWORD_ONLY
    command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, keyword, default=defaults[name], annotation=kind) for name, kind in kinds.items()]
    )
    command.__annotations__ = kinds
    command.__doc__ = words
    return command


def _annotation(option: Option) -> object:
    from enum import StrEnum
    from pathlib import Path
    from typing import Annotated

    import typer

    from kubelint_lb.cli import complete

    completion = getattr(complete, option.completion) if option.completion else None
    # The help says what a default is, on a line each: all of them are to fit a screen.
    info = typer.Option(*option.flags, metavar=option.metavar, help=option.help, autocompletion=completion, show_default=False)
    if option.takes_nothing:
        return Annotated[bool, info]
    if option.choices:
        return Annotated[StrEnum(option.field.title(), [(one.upper(), one) for one in option.choices]), info]
    kind = Path if option.metavar in _PLACES else str
    return Annotated[list[kind] | None if option.repeats else kind | None, info]  # type: ignore[valid-type]


def _default(option: Option, annotation: object) -> object:
    if not option.choices:
        return option.default
    from typing import get_args

    return get_args(annotation)[0](option.default)


def _plain(value: object) -> object:
    """A value as the quick reader gives it."""
    from enum import Enum
    from pathlib import Path

    if isinstance(value, list):
        return [str(one) for one in value]
    return value.value if isinstance(value, Enum) else str(value) if isinstance(value, Path) else value

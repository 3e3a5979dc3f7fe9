"""Standard output, standard error and the terminal: everything that the rest must not ask for."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

# What is printed from now on, as `cache.answers` keeps it: (stream, text). None while nobody wants to know.
_heard: list[tuple[str, str]] | None = None

_PLAIN_WIDTH = 100
_NARROWEST = 40
_STREAMS = ("stdin", "stdout", "stderr")  # by their descriptors


def listen() -> list[tuple[str, str]]:
    """A list to which all that is printed from now on is added."""
    global _heard
    _heard = []
    return _heard


def repeat(printed: list[tuple[str, str]]) -> None:
    """Prints what was heard once more."""
    for stream, text in printed:
        if stream == "out":
            write_bytes(text.encode("latin-1"))
        else:
            _tell(text)


def write_out(text: str) -> None:
    """Prints to standard output."""
    # What the reader's encoding lacks is shown by number.
    write_bytes(text.encode(sys.stdout.encoding or "utf-8", errors="backslashreplace"))


def write_bytes(data: bytes) -> None:
    """Writes to standard output what is encoded already. A reader that went away, as `head` does, is no error. Raises UsageError
    where it cannot be written for another reason, as on a full disk."""
    if _heard is not None:
        _heard.append(("out", data.decode("latin-1")))
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _discard(sys.stdout)
    except OSError as error:
        from kubelint_lb.settings.errors import UsageError

        _discard(sys.stdout)
        raise UsageError(f"cannot write to standard output: {error.strerror}") from None


def _discard(stream: TextIO) -> None:
    """Python flushes once more at exit; that must not fail, too."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def open_streams() -> None:
    """A process may be started without standard streams. Then they are nothing and take everything, and no file that is opened
    later is taken for one of them."""
    missing = [name for name in _STREAMS if getattr(sys, name) is None]
    if missing:
        while os.open(os.devnull, os.O_RDWR) < len(_STREAMS):
            pass
        for name in missing:
            descriptor = _STREAMS.index(name)
            setattr(sys, name, os.fdopen(descriptor, "w" if descriptor else "r", encoding="utf-8"))


def notice(text: str) -> None:
    """A sentence on standard error."""
    write_error(f"kubelint-lb: {text}")


def write_error(text: str) -> None:
    """Lines on standard error. They may quote what other people wrote: its control characters are shown, never sent."""
    from kubelint_lb.output.cells import printable_lines

    _tell(printable_lines(text))


def _tell(shown: str) -> None:
    if _heard is not None:
        _heard.append(("err", shown))
    try:
        print(shown, file=sys.stderr)  # noqa: T201
    except OSError:  # there is nowhere left to tell of it
        _discard(sys.stderr)


def wants_color(choice: str) -> bool:
    """Whether to colour standard output: always, never, or auto by the terminal and what the environment says."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return sys.stdout.isatty() and not _plain()


def width() -> int:
    """The width of the terminal, or a good one for files, in columns; COLUMNS overrides both."""
    said = os.environ.get("COLUMNS", "")
    columns = int(said) if said.isdecimal() else 0
    if not columns:
        try:
            columns = os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ is not None else 0
        except (AttributeError, ValueError, OSError):
            columns = 0
    return max(columns or _PLAIN_WIDTH, _NARROWEST)


def shows_progress() -> bool:
    """Whether somebody is watching standard error."""
    return sys.stderr.isatty() and not _plain()


def _plain() -> bool:
    """CI systems may give a terminal, but what they keep is a log."""
    return bool(os.environ.get("CI")) or os.environ.get("TERM") == "dumb"

"""The files of a fleet: there as a whole or not at all, and for all to read who may look into their folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kubelint_lb.source import files

# As files that are opened plainly are with the usual umask.
_MODE = 0o644


def write(file: Path, text: str) -> None:
    """Puts a text in the place of a file. Lone surrogates, from names that are not UTF-8, become question marks."""
    with replaced(file) as part:
        part.write_bytes(text.encode(errors="replace"))


@contextmanager
def replaced(file: Path) -> Iterator[Path]:
    """A file to write to, which takes the place of another at the end of the block."""
    with files.replaced(file, _MODE) as part:
        yield part

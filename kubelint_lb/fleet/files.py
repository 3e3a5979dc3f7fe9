"""Files that are there as a whole or not at all, whatever ends the process that writes them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# Readable to all that may look into the folder, as files that are opened plainly are with the usual umask.
_MODE = 0o644


def write(file: Path, text: str) -> None:
    """Puts a text in the place of a file. Lone surrogates, from names that are not UTF-8, become question marks."""
    with replaced(file) as part:
        part.write_bytes(text.encode(errors="replace"))


@contextmanager
def replaced(file: Path) -> Iterator[Path]:
    """A file to write to, beside `file`, which takes its place at the end; not if an error ends the block."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(_MODE)
        part.replace(file)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise

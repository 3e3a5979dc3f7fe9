"""Reads files that other people made: regular ones, and no more of each than a manifest could ever be. Writes ours: as a whole or
not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_MEGABYTES = 64
# Large charts print some megabytes, and what is made of a text takes many times its length.
MOST_BYTES = _MEGABYTES * 1024 * 1024
_CHUNK = 65_536
# Opening a pipe must not wait for its writer, and that of a terminal not make it ours. Windows knows neither.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def read_file(path: Path | str) -> bytes:
    """The bytes of a file. Raises OSError, also for what is no regular file (pipes and devices may have no end) and for
    more than `MOST_BYTES`; its `strerror` says so to people.

    What counts is the file that was opened: under its name there may have been another one before.
    """
    descriptor = os.open(path, _FLAGS)
    try:
        found = os.fstat(descriptor)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        if found.st_size > MOST_BYTES:
            raise _too_large(path)
        return _all_of(descriptor, found.st_size, path)
    finally:
        os.close(descriptor)


def _all_of(descriptor: int, size: int, path: Path | str) -> bytes:
    """It may have grown since its size was asked for, and some file systems say 0 of all files."""
    data = os.read(descriptor, size + 1)
    if len(data) == size and size:
        return data
    parts, total = [data], len(data)
    while chunk := os.read(descriptor, _CHUNK):
        parts.append(chunk)
        total += len(chunk)
        if total > MOST_BYTES:
            raise _too_large(path)
    return b"".join(parts)


def _too_large(path: Path | str) -> OSError:
    return OSError(errno.EFBIG, f"larger than {_MEGABYTES} MB", str(path))


@contextmanager
def replaced(file: Path, mode: int | None = None) -> Iterator[Path]:
    """A file to write to, beside `file`, which takes its place at the end, with these permissions (None: nobody else's); not if
    an error ends the block. Whatever ends the process, there is one of both as a whole. Raises OSError."""
    import tempfile

    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        yield part
        if mode is not None:
            part.chmod(mode)
        part.replace(file)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise

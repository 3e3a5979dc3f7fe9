"""Folders that go away again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kubelint_lb.settings.errors import UsageError


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder (absolute) that nobody else has. Raises UsageError where none can be made, as on a full disk."""
    from tempfile import TemporaryDirectory

    try:
        made = TemporaryDirectory(prefix="kubelint-lb-")
    except OSError as error:
        raise UsageError(f"a temporary folder cannot be made: {error.strerror}") from None
    with made as name:
        yield Path(name).resolve()

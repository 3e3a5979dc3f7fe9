"""Runs `check` again whenever a file changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kubelint_lb.cli.console import notice
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.source.discover import discover

# As often are files looked at; and as long is waited for more, once one changed: editors write several at once.
_SECONDS, _SETTLE = 0.5, 0.1

Stamp = dict[str, tuple[int, int]]


def watch(root: Path, run: Callable[[], int]) -> None:
    """Runs now, and after every change below a root, until it is interrupted. Mistakes in the configuration are said."""
    for _ in _changes(root):
        try:
            code = run()
        except UsageError as error:
            notice(str(error))
            code = 2
        notice(f"{time.strftime('%H:%M:%S')} exit code {code}; waiting for changes, Ctrl-C ends")


def _changes(root: Path) -> Iterator[None]:
    known: Stamp | None = None
    while True:
        now = _stamp(root)
        if now != known:
            time.sleep(_SETTLE)
            known = _stamp(root)
            yield
        time.sleep(_SECONDS)


def _stamp(root: Path) -> Stamp:
    """When files changed last (nanoseconds), and their sizes (bytes)."""
    found: Stamp = {}
    for one in discover(root):
        try:
            status = (root / one.path).stat()
        except OSError:
            continue
        found[one.path] = (status.st_mtime_ns, status.st_size)
    return found

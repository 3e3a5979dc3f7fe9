"""Paths as the reader wants them: relative to a folder, with `/`."""

from __future__ import annotations

import os
from pathlib import Path

STDIN = "<stdin>"
_IN_CLUSTER = "<cluster:"  # how the places of what runs in a cluster begin


class Paths:
    """Turns a path of the report (relative to `root`) into one relative to `base`; both are absolute folders."""

    def __init__(self, root: Path, base: Path) -> None:
        self._root = root
        self._base = base
        self._seen: dict[str, str] = {}

    def __call__(self, path: str) -> str:
        """The path relative to the base; absolute only where none exists (another drive). What is no file stays as it is."""
        if path == STDIN or path.startswith(_IN_CLUSTER) or self._root == self._base:
            return path
        if path not in self._seen:
            self._seen[path] = self._relative(path)
        return self._seen[path]

    def _relative(self, path: str) -> str:
        full = self._root / path
        try:
            # Not Path.relative_to: it cannot go up before Python 3.12.
            return Path(os.path.relpath(full, self._base)).as_posix()
        except ValueError:
            return full.as_posix()

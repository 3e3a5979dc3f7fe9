"""The settings of a run, from the nearest configuration file or a given one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kubelint_lb.settings.root import find_root
from kubelint_lb.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence


def load_settings(paths: Sequence[Path | str] = (), config: Path | str | None = None) -> Settings:
    """The settings for a run over some paths: what the configuration file says, else the defaults.

    The file is the given one, else the nearest at or above the first path (no path: the current folder).
    Raises ConfigError or CatalogueError with every mistake, UsageError for paths that cannot be linted together.
    """
    root = find_root([Path(path) for path in paths], Path(config) if config is not None else None)
    if root.config is None:
        return Settings(root=root.folder, notices=root.notices)
    from kubelint_lb.config.config_settings import read_settings

    return read_settings(root, root.config)

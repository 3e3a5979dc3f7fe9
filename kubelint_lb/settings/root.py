"""The root of a run: the folder of the nearest configuration, else the git work tree, else the current folder, else what
the paths share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.settings.errors import UsageError
from kubelint_lb.source.files import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONFIG_NAME = ".kubelint-lb.yaml"
TESTS_NAME = "kubelint-lb-tests.yaml"
_OTHER_NAMES = (".kubelint-lb.yml", "kubelint-lb.yaml", "kubelint-lb.yml")
_TABLE = "tool.kubelint-lb"


class Root(NamedTuple):
    """An absolute folder, its configuration file if it has one, and sentences for the user about the choice."""

    folder: Path
    config: Path | None
    notices: tuple[str, ...] = ()


def find_root(paths: Sequence[Path], config: Path | None = None) -> Root:
    """The root for some paths (none: the current folder); a given configuration file takes the place of the nearest.

    Raises UsageError for a path that does not exist or lies outside the root, or a configuration file that is none.
    """
    places = [existing(path) for path in paths] or [Path.cwd()]
    found = _by_config(places, config) if config else _nearest(places)
    for path, place in zip(paths, places, strict=False):
        if not place.is_relative_to(found.folder):
            why = f"the folder of {found.config.name}" if found.config else "the root of this run"
            raise UsageError(f"{path} lies outside {found.folder}, {why}; check it in a run of its own")
    return found


def git_root(folder: Path) -> Path | None:
    """The git work tree that holds an absolute folder, or None."""
    return next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), None)


def existing(path: Path) -> Path:
    """The absolute path of a file or folder, links followed. Raises UsageError where there is none."""
    try:
        return path.resolve(strict=True)
    except FileNotFoundError:
        raise UsageError(f"no such file or folder: {path}") from None
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from None


def _folder(place: Path) -> Path:
    return place if place.is_dir() else place.parent


def _by_config(places: Sequence[Path], config: Path) -> Root:
    file = existing(config)
    if not file.is_file():
        raise UsageError(f"--config: {config} is not a file")
    if all(place.is_relative_to(file.parent) for place in places):
        return Root(file.parent, file)
    return Root(_without_config(places), file)


def _nearest(places: Sequence[Path]) -> Root:
    first = _folder(places[0])
    for folder in (first, *first.parents):
        notices = tuple(_misnamed(folder))
        own, project = folder / CONFIG_NAME, folder / "pyproject.toml"
        in_project = _has_table(project)
        if own.is_file():
            if in_project:
                notices += (f"{own} is read; [{_TABLE}] in the pyproject.toml beside it is not",)
            return Root(folder, own, notices)
        if in_project:
            return Root(folder, project, notices)
        if notices:
            return Root(_without_config(places), None, notices)
    return Root(_without_config(places), None)


def _misnamed(folder: Path) -> Iterator[str]:
    if not (folder / CONFIG_NAME).exists():
        for name in _OTHER_NAMES:
            if (folder / name).is_file():
                yield f"{folder / name} is not read: the configuration file is called {CONFIG_NAME}"


def _without_config(places: Sequence[Path]) -> Path:
    shared = Path(os.path.commonpath([_folder(place) for place in places]))
    return git_root(shared) or _current(shared) or shared


def _current(shared: Path) -> Path | None:
    """The current folder where it holds the paths: people name a file from the top of what it belongs to. Never a whole home
    or file system, which nobody means."""
    try:
        here = Path.cwd()
    except OSError:  # it was removed
        return None
    too_much = {Path(here.anchor), Path(os.path.expanduser("~"))}  # noqa: PTH111 - Path.home raises where there is none
    return here if shared.is_relative_to(here) and here not in too_much else None


def _has_table(project: Path) -> bool:
    """A cheap prefilter: most projects' files say nothing about us, and TOML takes a while to import."""
    try:
        text = read_file(project).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    if "kubelint-lb" not in text:
        return False
    import tomllib

    try:
        return "kubelint-lb" in tomllib.loads(text).get("tool", {})
    except tomllib.TOMLDecodeError:
        # It names us, so what it says is wanted: reading it will tell what is wrong.
        return f"[{_TABLE}" in text

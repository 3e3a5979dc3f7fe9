"""Which files of a folder to read: YAML and JSON, less what git and the user ignore."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kubelint_lb.source.files import read_file
from kubelint_lb.source.names import NEVER_READ, SUFFIXES

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# Kustomize reads its file under this name, too.
_WITHOUT_SUFFIX = "Kustomization"

Matcher: TypeAlias = Callable[[str], bool]
# What one file of patterns says of a path: ignored, taken back (`!`), or nothing.
Verdict: TypeAlias = Callable[[str], bool | None]


class FoundFile(NamedTuple):
    """A file to read; `path` is relative to the root, with `/`. `trouble` says why it cannot be, else it is empty."""

    path: str
    trouble: str = ""


class _Folder(NamedTuple):
    """A folder to look into, and what the `.gitignore` files above say."""

    path: str
    ignores: tuple[Verdict, ...]


def discover(root: Path, exclude: Sequence[str] = ()) -> Iterator[FoundFile]:
    """The files under a folder in order of their paths.

    `.gitignore` files and the exclude patterns (gitignore syntax, relative to the root) are respected. Links to folders are
    not followed (no loops); a link to a file of the tree is read at its target, one that leaves the tree is not read.
    """
    excluded = matcher(exclude)
    # A stack, not recursion: a tree may be deeper than Python's.
    waiting: list[FoundFile | _Folder] = [_Folder("", ())]
    while waiting:
        one = waiting.pop()
        if isinstance(one, FoundFile):
            yield one
        else:
            waiting += reversed(list(_inside(root, one, excluded)))


def _inside(root: Path, folder: _Folder, excluded: Matcher | None) -> Iterator[FoundFile | _Folder]:
    here = root / folder.path if folder.path else root
    try:
        with os.scandir(here) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield FoundFile(folder.path or ".", f"cannot list the folder: {error.strerror}")
        return
    ignores = folder.ignores
    if any(entry.name == ".gitignore" for entry in entries):
        ignores = (*ignores, *ignore_file(here / ".gitignore", folder.path))
    for entry in entries:
        path = f"{folder.path}/{entry.name}" if folder.path else entry.name
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in NEVER_READ and not _is_ignored(path + "/", excluded, ignores):
                yield _Folder(path, ignores)
        elif may_be_read(entry.name) and not _is_ignored(path, excluded, ignores):
            yield from _file(root, entry, path)


def may_be_read(name: str) -> bool:
    """A file of this name (or path) may hold objects, or say how they are put together."""
    return name.endswith(SUFFIXES) or name.rpartition("/")[2] == _WITHOUT_SUFFIX


def _file(root: Path, entry: os.DirEntry[str], path: str) -> Iterator[FoundFile]:
    if not entry.is_symlink():
        if entry.is_file():
            yield FoundFile(path)
        else:
            yield FoundFile(path, "not a regular file")
        return
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        yield FoundFile(path, "a link that leads nowhere")
        return
    if not target.is_relative_to(root.resolve()):
        yield FoundFile(path, "a link that leaves the tree")
    elif not may_be_read(target.name) and target.is_file():
        yield FoundFile(path)


def matcher(patterns: Iterable[str], folder: str = "") -> Matcher | None:
    """A test for paths relative to the root by gitignore patterns that are relative to a folder; None without patterns."""
    lines = [line for line in patterns if line.strip()]
    if not lines:
        return None
    spec = _spec(lines)
    prefix = f"{folder}/" if folder else ""

    def matches(path: str) -> bool:
        return path.startswith(prefix) and spec.match_file(path[len(prefix) :])

    return matches


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    """The patterns; like git, passes over those that mean nothing (`!`, `[z-a]`)."""
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except (ValueError, re.error):
        return GitIgnoreSpec.from_lines(line for line in lines if _means_something(line))


def _means_something(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        return False
    return True


def _is_ignored(path: str, excluded: Matcher | None, ignores: Sequence[Verdict]) -> bool:
    """What is excluded stays out, whatever git ignores."""
    return (excluded is not None and excluded(path)) or is_ignored(path, ignores)


def ignore_file(file: Path, folder: str) -> list[Verdict]:
    """What a file of gitignore patterns says of the paths below its folder; nothing if it cannot be read."""
    try:
        text = read_file(file).decode("utf-8", "replace")
    except OSError:
        return []
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        return []
    spec = _spec(lines)
    start = len(folder) + 1 if folder else 0
    return [lambda path: spec.check_file(path[start:]).include]


def is_ignored(path: str, ignores: Sequence[Verdict]) -> bool:
    """Of several files with patterns, given from the root down, the deepest that says anything decides."""
    verdicts = (verdict(path) for verdict in reversed(ignores))
    return next((ignored for ignored in verdicts if ignored is not None), False)

"""What a run reads and what it reports on: two sets. Given a file, the rest of its tree is still read, as context."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.deploy.tree import STDIN
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.settings.root import existing, find_root
from kubelint_lb.source.discover import matcher

if TYPE_CHECKING:
    from kubelint_lb.settings.settings import Settings


class Scope(NamedTuple):
    """The root that is read, and the files and folders (relative, with `/`) that are reported on; a folder of `` is all.

    `extra_files` were named one by one, and are read whatever they are called. `region` is where a change may be to blame
    for a finding in a file that is not reported on: files and folders, None for everywhere. `origin` is the folder of a git work
    tree that the root is a copy of, where it is one.
    """

    root: Path
    files: frozenset[str]
    folders: tuple[str, ...]
    extra_files: tuple[str, ...] = ()
    stdin: str | None = None
    region: tuple[str, ...] | None = None
    origin: Path | None = None

    def holds(self, path: str) -> bool:
        """Whether a file is reported on."""
        return path in self.files or _is_in(path, self.folders)

    def affected(self, path: str) -> bool:
        """Whether a file is reported on where a change is to blame, though itself it did not change."""
        return self.region is None or _is_in(path, self.region)

    def narrowed(self, changed: Collection[str]) -> Scope:
        """The scope, less the files that did not change."""
        files = frozenset(path for path in changed if self.holds(path))
        return self._replace(files=files, folders=(), extra_files=(), region=(*self.folders, *self.files))

    @property
    def is_whole(self) -> bool:
        """Whether everything below the root is reported on."""
        return "" in self.folders


def scope_of(paths: Sequence[Path | str], settings: Settings, stdin: str | None) -> Scope:
    """The scope of a run. Raises UsageError for a path that does not exist, or that lies outside the root."""
    if stdin is not None or [str(path) for path in paths] == ["-"]:
        return Scope(Path.cwd(), frozenset({STDIN}), (), stdin=stdin or "")
    absolute = [existing(Path(path)) for path in paths] or [Path.cwd()]
    root = settings.root.resolve() if settings.root is not None else find_root(absolute).folder
    excluded = matcher(settings.exclude)
    files, folders = [], []
    for path in absolute:
        if not path.is_relative_to(root):
            raise UsageError(f"{path} lies outside {root}, the root of this run")
        relative = path.relative_to(root).as_posix()
        if path.is_dir():
            folders.append("" if relative == "." else relative)
        elif excluded is None or not excluded(relative):
            files.append(relative)
    return Scope(root, frozenset(files), tuple(folders), tuple(files))


def _is_in(path: str, places: Iterable[str]) -> bool:
    return any(not place or path == place or path.startswith(place + "/") for place in places)

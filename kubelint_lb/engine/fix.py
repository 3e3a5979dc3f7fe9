"""Applies the fixes of findings to files, in rounds: what two fixes both touch waits for the next one."""

from __future__ import annotations

import difflib
import os
import shutil
import stat
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.deploy.scope import scope_of
from kubelint_lb.engine.run import lint
from kubelint_lb.report.finding import Edit, Fix, Report
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.temporary import temporary_folder
from kubelint_lb.source.decode import NotText, decode
from kubelint_lb.source.edit import NotEditable, Replacement, conflict, edited_file, replacement
from kubelint_lb.source.files import MOST_BYTES, read_file, replaced
from kubelint_lb.source.text import SourceText

_MOST_ROUNDS = 10


class Refused(NamedTuple):
    """A file that was left alone, and why."""

    path: str
    reason: str


class Fixed(NamedTuple):
    """The report after all rounds, how many fixes were applied, the files as they were before (by path relative to the root), and
    those that were left alone."""

    report: Report
    applied: int
    before: dict[str, bytes]
    refused: tuple[Refused, ...]
    converged: bool = True


def fix(paths: Sequence[Path | str], settings: Settings, *, unsafe: bool) -> Fixed:
    """Lints and fixes until nothing is left to fix, ten times at most. Raises UsageError as `lint` does."""
    before: dict[str, bytes] = {}
    refused: dict[str, str] = {}
    applied = 0
    scope = scope_of(paths, settings, None)
    report = lint(paths, settings)
    for _ in range(_MOST_ROUNDS):
        fixes = _fixes(report, unsafe=unsafe)
        for path in sorted({edit.location.path for one in fixes for edit in one.edits}):
            if not scope.holds(path):
                refused[path] = "it is not among the files that were named"
        fixes = [one for one in fixes if not any(edit.location.path in refused for edit in one.edits)]
        done = Round(report.root, refused).apply(fixes)
        for path, data in done.before.items():
            before.setdefault(path, data)
        applied += done.applied
        if not done.applied:
            return Fixed(report, applied, before, listed(refused))
        report = lint(paths, settings)
    left = [one for one in _fixes(report, unsafe=unsafe) if not any(edit.location.path in refused for edit in one.edits)]
    return Fixed(report, applied, before, listed(refused), converged=not left)


def preview(paths: Sequence[Path | str], settings: Settings, *, unsafe: bool) -> tuple[Fixed, str]:
    """What `fix` would do, done to a copy of the tree: with the unified diff. Raises UsageError as `lint` does."""
    scope = scope_of(paths, settings, None)
    with temporary_folder() as folder:
        copy = folder / "tree"
        try:
            shutil.copytree(scope.root, copy, symlinks=True, ignore=_unread)
        except shutil.Error as error:
            raise UsageError(f"the tree cannot be copied to a temporary folder: {error.args[0][0][2]}") from None
        except OSError as error:
            raise UsageError(f"the tree cannot be copied to a temporary folder: {error.strerror}") from None
        places = [copy / Path(one).resolve().relative_to(scope.root) for one in paths]
        fixed = fix(places, settings._replace(root=copy), unsafe=unsafe)
        diff = "".join(_diff(path, data, (copy / path).read_bytes()) for path, data in sorted(fixed.before.items()))
    return fixed._replace(report=fixed.report._replace(root=scope.root)), diff


def _unread(folder: str, names: list[str]) -> set[str]:
    """What no run reads: git's own files, pipes and devices, and what is too large."""
    left_out = set()
    for name in names:
        found = Path(folder, name).lstat()
        kind = stat.S_IFMT(found.st_mode)
        large = kind == stat.S_IFREG and found.st_size > MOST_BYTES
        if name == ".git" or large or kind not in {stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK}:
            left_out.add(name)
    return left_out


def _diff(path: str, before: bytes, after: bytes) -> str:
    old, new = (decode(data).splitlines(keepends=True) for data in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def listed(refused: dict[str, str]) -> tuple[Refused, ...]:
    """The files that were left alone, by path."""
    return tuple(Refused(path, reason) for path, reason in sorted(refused.items()))


def _fixes(report: Report, *, unsafe: bool) -> list[Fix]:
    return [one.fix for one in report.findings if one.fix is not None and (unsafe or one.fix.safety == "safe")]


class Done(NamedTuple):
    """How many fixes were applied, and the files as they were before."""

    applied: int
    before: dict[str, bytes]


class Round:
    """One round of fixes over the files of a root."""

    def __init__(self, root: Path, refused: dict[str, str]) -> None:
        self._root = root
        self._refused = refused
        self._sources: dict[str, SourceText | None] = {}
        self._data: dict[str, bytes] = {}
        self._chosen: dict[str, list[Replacement]] = defaultdict(list)

    def apply(self, fixes: Sequence[Fix]) -> Done:
        """Applies those that do not conflict with earlier ones: all edits of a fix, or none."""
        taken = [one for one in fixes if self._take(one)]
        written: dict[str, bytes] = {}
        for path, edits in sorted(self._chosen.items()):
            try:
                data = edited_file(self._data[path], path, edits)
                if data == self._data[path]:
                    raise NotEditable("its fix changes nothing")
                _write(self._root / path, data)
                written[path] = self._data[path]
            except (NotEditable, OSError) as error:
                self._refused[path] = _words(error)
        return Done(sum(all(edit.location.path in written for edit in one.edits) for one in taken), written)

    def _take(self, fix: Fix) -> bool:
        found: list[tuple[str, Replacement]] = []
        for edit in fix.edits:
            made = self._replacement(edit)
            if made is None or any(conflict(made, other) for other in self._chosen[edit.location.path]):
                return False
            found.append((edit.location.path, made))
        for path, made in found:
            if made not in self._chosen[path]:
                self._chosen[path].append(made)
        return True

    def _replacement(self, edit: Edit) -> Replacement | None:
        path = edit.location.path
        source = self._source(path)
        try:
            return replacement(source, edit.location.span, edit.text) if source is not None else None
        except NotEditable as error:
            self._refused[path] = str(error)
            return None

    def _source(self, path: str) -> SourceText | None:
        if path not in self._sources:
            self._sources[path] = self._read(path)
        return self._sources[path]

    def _read(self, path: str) -> SourceText | None:
        file = self._root / path
        try:
            if not file.resolve().is_relative_to(self._root.resolve()):
                self._refused[path] = "it is a link that leads out of the tree"
                return None
            self._data[path] = read_file(file)
            return SourceText(path, decode(self._data[path]))
        except (OSError, NotText) as error:
            self._refused[path] = _words(error)
            return None


def _words(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _write(file: Path, data: bytes) -> None:
    """Puts a file in place of another at once, with its permissions; a link stays one, its target is written. Raises OSError."""
    target = file.resolve()
    mode = stat.S_IMODE(target.stat().st_mode)
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "it may not be written to")
    with replaced(target, mode) as part:
        part.write_bytes(data)

"""Asks git what a folder was like in a revision. Only reads: no index is refreshed, no file written, nothing fetched.

The repository is other people's, and so is its configuration: no program runs that it names.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from kubelint_lb.settings.errors import UsageError
from kubelint_lb.source.files import MOST_BYTES

_SECONDS = 120
_REGULAR = "100"  # how the modes of regular files start; links and submodules have others
_COMMAND = ("git", "--no-pager")
# Over what the repository says. A bare one among the files of a clone would bring a configuration of its own.
_CONFIGURED = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.quotePath": "false",
    "safe.bareRepository": "explicit",
}


# An empty program is none; and where none has to run, none can fail.
_NO_FILTER = {"clean": "", "smudge": "", "process": "", "required": "false"}
# A partial clone would fetch what it lacks, by a program that its configuration names. Git before 2.45 knows no NO_LAZY_FETCH.
_READS_ONLY = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


def is_bare(folder: Path) -> bool:
    """The folder is a repository itself, without a work tree around it."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


class GitError(Exception):
    """Git could not answer; the message is git's, or says that there is none."""


class Change(NamedTuple):
    """A file that differs: its path now (empty: deleted) and its path and object id before (empty: new, or no regular file).
    Paths are relative to the folder, with `/`."""

    now: str
    before: str
    blob: str


class Blob(NamedTuple):
    """A file of a revision: its path, relative to the folder, and its object id."""

    path: str
    id: str


class Repository:
    """The git work tree that a folder (absolute) lies in, seen from that folder. Every method may raise GitError.

    A bare repository is one only where the user `named` it: one among the files of a tree is just files.
    """

    def __init__(self, folder: Path, *, named: bool = False) -> None:
        self._folder = folder
        self._git_dir = {"GIT_DIR": str(folder)} if named and is_bare(folder) else {}

    def commit(self, revision: str) -> str:
        """The id of a revision's commit. `REV...` is where REV and HEAD parted, as in `git diff REV...`.

        Raises UsageError for a name that git does not know.
        """
        self._git("rev-parse", "--is-inside-work-tree")
        name, dots = (revision[:-3], True) if revision.endswith("...") else (revision, False)
        try:
            if name.startswith("-") or not name:
                raise GitError("no name of a revision")
            found = self._git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
            return self._git("merge-base", found, "HEAD").decode().strip() if dots else found
        except GitError:
            raise UsageError(
                f"git knows no revision '{revision}' in {self._folder}; a shallow clone has to fetch it first"
            ) from None

    def changes(self, commit: str) -> list[Change]:
        """What differs between a commit (or HEAD) and the files as they are now, but for files that git does not know."""
        raw = self._git(
            "diff",
            "--raw",
            "-z",
            "--no-abbrev",
            "--find-renames",
            "--relative",
            "--ignore-submodules=all",
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            commit,
            "--",
            configured=self._without_filters(),
        )
        return list(_raw_changes(_words(raw)))

    def untracked(self) -> list[Change]:
        """Files that git neither knows nor ignores."""
        found = self._git("ls-files", "--others", "--exclude-standard", "-z")
        return [Change(path, "", "") for path in _words(found)]

    def files(self, commit: str) -> list[Blob]:
        """The regular files of a commit below the folder."""
        found = []
        for entry in _words(self._git("ls-tree", "-r", "-z", commit, ".")):
            about, _, path = entry.partition("\t")
            mode, kind, blob = about.split(" ")
            if kind == "blob" and mode.startswith(_REGULAR):
                found.append(Blob(path, blob))
        return found

    def addresses(self) -> list[str]:
        """Where the repository was cloned from, and other remotes."""
        return [
            word.partition("\n")[2] for word in _words(self._git("config", "-z", "--get-regexp", r"^remote\..*\.url$", none=b""))
        ]

    def branches(self) -> list[str]:
        """The branch that is checked out, and the one that a clone starts with."""
        names = [self._git("symbolic-ref", "--quiet", "--short", one, none=b"") for one in ("HEAD", "refs/remotes/origin/HEAD")]
        return [name.decode(errors="replace").strip().removeprefix("origin/") for name in names if name]

    def branches_like(self, pattern: str) -> list[str]:
        """The branches whose names a pattern matches, sorted; those that only a remote has (here `origin/NAME`) too."""
        places = [f"refs/heads/{pattern}", f"refs/remotes/origin/{pattern}"]
        found = self._git("for-each-ref", "--format=%(refname)", "--", *places).decode(errors="replace").split()
        local = [one.removeprefix("refs/heads/") for one in found if one.startswith("refs/heads/")]
        remote = [one.removeprefix("refs/remotes/origin/") for one in found if one.startswith("refs/remotes/")]
        return sorted({*local, *(f"origin/{one}" for one in remote if one not in local and one != "HEAD")})

    def place(self) -> str:
        """Where the folder lies in the work tree, without a slash at the end."""
        return os.fsdecode(self._git("rev-parse", "--show-prefix")).strip("/\n")

    def contents(self, blobs: Iterable[str]) -> Iterator[bytes]:
        """The contents of objects, in order; empty for one that is not here (a partial clone), or that no run would read."""
        wanted = list(blobs)
        if not wanted:
            return
        about = self._cat(wanted, "--batch-check=%(objectsize)").splitlines()
        sizes = {blob: int(size) for blob, size in zip(wanted, about, strict=True) if size.isdigit() and int(size) <= MOST_BYTES}
        output = self._cat([blob for blob in wanted if blob in sizes], "--batch=")
        start = 1  # a header that says nothing is a line break; another one is behind what was asked for
        for blob in wanted:
            if blob not in sizes:
                yield b""
                continue
            end = start + sizes[blob]
            yield output[start:end]
            start = end + 2

    def _cat(self, blobs: list[str], batch: str) -> bytes:
        return self._git("cat-file", batch, stdin="".join(f"{one}\n" for one in blobs).encode())

    def _without_filters(self) -> dict[str, str]:
        """What turns off all filters: git would run them over the files as they are, to see whether these differ."""
        names = _words(self._git("config", "-z", "--name-only", "--get-regexp", r"^filter\.", none=b""))
        drivers = {name.rpartition(".")[0] for name in names}
        return {f"{one}.{key}": value for one in drivers for key, value in _NO_FILTER.items()}

    def _git(
        self, *arguments: str, stdin: bytes = b"", none: bytes | None = None, configured: Mapping[str, str] = MappingProxyType({})
    ) -> bytes:
        """What a command prints; `none`: that where it finds nothing, which some say by ending with 1. `configured`: settings
        that hold over all others."""
        try:
            done = subprocess.run(  # an argument list, and no word of it comes from a manifest
                (*_COMMAND, *arguments),
                cwd=self._folder,
                env=_environment({**_CONFIGURED, **configured}) | self._git_dir,
                input=stdin,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except FileNotFoundError:
            raise GitError("there is no git on the PATH") from None
        except OSError as error:
            raise GitError(f"git cannot be run: {error.strerror}") from None
        except subprocess.TimeoutExpired:
            raise GitError(f"git {arguments[0]} took longer than {_SECONDS} s") from None
        if done.returncode == 1 and none is not None:
            return none
        if done.returncode:
            lines = done.stderr.decode(errors="replace").strip().splitlines()
            raise GitError(lines[0].removeprefix("fatal: ") if lines else f"git {arguments[0]} ended with {done.returncode}")
        return done.stdout


def _environment(configured: Mapping[str, str]) -> dict[str, str]:
    """Ours without what a hook's git says about its own repository, index and work tree; what says how git is set up stays, and
    gets our settings behind it. (`git -c` ends a name at its first `=`, which the name of a filter may have.)"""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _sets_up(name)}
    count = kept.get("GIT_CONFIG_COUNT", "")
    before = int(count) if count.isdecimal() else 0
    for index, (name, value) in enumerate(configured.items(), before):
        kept |= {f"GIT_CONFIG_KEY_{index}": name, f"GIT_CONFIG_VALUE_{index}": value}
    return kept | {"GIT_CONFIG_COUNT": str(before + len(configured)), **_READS_ONLY}


def _sets_up(name: str) -> bool:
    # Without a container's safe.directory, git would refuse to look. PARAMETERS is what a hook inherits from `git -c`.
    return name == "GIT_EXEC_PATH" or (name.startswith("GIT_CONFIG_") and name != "GIT_CONFIG_PARAMETERS")


def _words(output: bytes) -> list[str]:
    return [os.fsdecode(word) for word in output.split(b"\0") if word]


def _raw_changes(words: list[str]) -> Iterator[Change]:
    """`:100644 100644 OLD NEW M`, then a path; of a rename or copy, the old path and the new one."""
    rest = iter(words)
    for about in rest:
        mode, _, blob, _, status = about[1:].split(" ")
        before = now = next(rest)
        if status[0] in "RC":
            now = next(rest)
        known = mode.startswith(_REGULAR)
        yield Change("" if status[0] == "D" else now, before if known else "", blob if known and blob.strip("0") else "")

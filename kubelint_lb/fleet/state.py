"""What a tree is like now, as a digest: as long as it stays the same, so does its report."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from typing import Protocol

from kubelint_lb.fleet.targets import Target
from kubelint_lb.fleet.unpack import Kind
from kubelint_lb.source.names import NEVER_READ

# No manifest and no chart's file is that large; such ones are told apart by size and date.
_MOST_READ = 16 << 20
_CHUNK = 1 << 20
# By them a run knows which repository and branch it looks at.
_GIT_FILES = ("HEAD", "config")


class _Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...


def state_of(target: Target, kind: Kind, commit: str) -> str:
    """The digest of a target's state. Raises OSError where a file of its own (a tarball, a dump) cannot be read."""
    if kind is Kind.BRANCH:
        return commit
    if kind is Kind.FOLDER:
        return digest_of([Path(target.place)])
    digest = sha256()
    _add_content(digest, Path(target.place))
    return digest.hexdigest()


def digest_of(places: list[Path]) -> str:
    """The digest of all files in some files and folders by content, not by date: a fresh clone is the same tree."""
    digest = sha256()
    for place in places:
        for path, file in _files(place) if place.is_dir() else [(place.name, place)]:
            digest.update(os.fsencode(path) + b"\0")
            try:
                if file.is_symlink():
                    digest.update(b"link " + os.fsencode(os.readlink(file)))  # noqa: PTH115 - as it is written
                _add_file(digest, file)
            except OSError as error:
                digest.update(f"error {error.errno}".encode())
            digest.update(b"\0")
    return digest.hexdigest()


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    """Paths (relative, with `/`) and places, in an order that does not depend on the file system."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(set(folders) - NEVER_READ)
        here = Path(folder)
        for name in sorted(names):
            yield (here / name).relative_to(root).as_posix(), here / name
    for name in _GIT_FILES:
        if (root / ".git" / name).is_file():
            yield f".git/{name}", root / ".git" / name


def _add_file(digest: _Digest, file: Path) -> None:
    status = file.stat()
    if not S_ISREG(status.st_mode):
        digest.update(b"no file")  # reading a pipe would never end
    elif status.st_size > _MOST_READ:
        digest.update(f"large {status.st_size} {status.st_mtime_ns}".encode())
    else:
        _add_content(digest, file)


def _add_content(digest: _Digest, file: Path) -> None:
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)

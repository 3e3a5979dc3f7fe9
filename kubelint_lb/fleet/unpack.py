"""A target becomes a folder to lint: as it is, or what a branch, a tarball or a dump holds, in a folder of its own."""

from __future__ import annotations

import gzip
import shutil
import tarfile
import zlib
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, cast

from kubelint_lb.deploy.revisions import is_bare
from kubelint_lb.engine.changes import export
from kubelint_lb.fleet.targets import Target
from kubelint_lb.settings.errors import UsageError

MOST_BYTES = 1 << 30  # of a tarball, unpacked: a hundred times what large repositories hold in manifests
MOST_FILES = 200_000
_TARBALLS = (".tar", ".tar.gz", ".tgz")
_DUMPS = (".yaml", ".yml", ".json")


class Kind(StrEnum):
    """What a target is."""

    FOLDER = "folder"
    BRANCH = "branch"
    TARBALL = "tarball"
    DUMP = "dump"


def kind_of(target: Target) -> Kind:
    """What lies there. Raises UsageError for nothing, and for what is no tree."""
    place = Path(target.place)
    if place.is_dir():
        return Kind.BRANCH if target.branch or is_bare(place) else Kind.FOLDER
    if not place.exists():
        raise UsageError(f"no such file or folder: {place}")
    if target.branch:
        raise UsageError(f"{place} is no repository, so it has no branch {target.branch}")
    if place.is_file() and place.name.endswith(_TARBALLS):
        return Kind.TARBALL
    if place.is_file() and place.name.endswith(_DUMPS):
        return Kind.DUMP
    raise UsageError(f"{place} is no folder, git repository, tarball ({', '.join(_TARBALLS)}) or dump ({', '.join(_DUMPS)})")


def unpacked(target: Target, kind: Kind, commit: str, scratch: Path) -> Path:
    """The absolute folder to lint. `commit` is that of a branch; `scratch` an empty folder, to be removed by the caller.

    Links, devices and what else is no plain file are left out of branches and tarballs. Raises UsageError.
    """
    place = Path(target.place)
    if kind is Kind.FOLDER:
        return place.resolve()
    if kind is Kind.BRANCH:
        # Objects are read as they are stored: no checkout, so no filter or hook that the repository sets up ever runs.
        export(place, commit, scratch, named=True)
        return scratch
    if kind is Kind.DUMP:
        # Alone in a folder: what lies beside a dump is not of that cluster.
        shutil.copyfile(place, scratch / place.name)
        return scratch
    return _without_wrapper(_from_tarball(place, scratch))


def _from_tarball(file: Path, folder: Path) -> Path:
    if not hasattr(tarfile, "data_filter"):
        raise UsageError(f"{file}: unpacking it safely takes Python 3.11.4 or newer")
    try:
        with gzip.open(file) if file.name.endswith("gz") else file.open("rb") as stream:
            _extract(cast("BinaryIO", stream), folder)
    except tarfile.FilterError as error:
        raise UsageError(f"{file} is not unpacked: {error}") from None
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error, ValueError) as error:
        raise UsageError(f"{file} is no tarball, or a broken one: {error}") from None
    return folder


def _extract(stream: BinaryIO, folder: Path) -> None:
    # As a stream: everything that is unpacked, headers too, passes the one place that counts.
    bounded = cast("BinaryIO", _Bounded(stream, MOST_BYTES))
    with tarfile.open(fileobj=bounded, mode="r|") as tar:
        for number, member in enumerate(tar, 1):
            if number > MOST_FILES:
                raise UsageError(f"it holds more than {MOST_FILES} files")
            if member.isreg():
                tar.extract(member, folder, set_attrs=False, filter="data")


class _Bounded:
    """A file that ends with an error where more is read from it than allowed: a small one may unpack to anything."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream = stream
        self._most = most
        self._left = most

    def read(self, size: int) -> bytes:
        """The next bytes. Raises UsageError where they are too many."""
        data = self._stream.read(min(size, self._left + 1))
        self._left -= len(data)
        if self._left < 0:
            raise UsageError(f"it unpacks to more than {self._most >> 20} MiB")
        return data


def _without_wrapper(folder: Path) -> Path:
    """The one folder that forges put everything in, named after the commit; with it in paths nothing would be found again."""
    inside = list(folder.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder

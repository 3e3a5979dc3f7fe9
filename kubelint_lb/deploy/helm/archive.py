"""Unpacks charts as `helm pull` leaves them, into memory and within bounds."""

from __future__ import annotations

import gzip
import tarfile
import zlib
from pathlib import Path

from kubelint_lb.deploy.helm.chart_files import MOST_BYTES, MOST_FILES, UnreadableChartError


def unpacked(place: Path) -> dict[str, bytes]:
    """The files of an archive, relative to the one folder in it; links and what leads out of it are left out. Raises
    UnreadableChartError."""
    files: dict[str, bytes] = {}
    total = 0
    try:
        with _Unzipped(place) as data, tarfile.open(fileobj=data, mode="r|") as archive:
            for count, member in enumerate(archive):
                inside = member.name.removeprefix("./").partition("/")[2]
                total += member.size
                if count > MOST_FILES or total > MOST_BYTES:
                    raise _too_large(place)
                if not member.isreg() or not inside or ".." in inside.split("/") or "\\" in inside or inside.startswith("/"):
                    continue
                content = archive.extractfile(member)
                files[inside] = content.read() if content is not None else b""
    except (OSError, EOFError, tarfile.TarError, zlib.error) as error:
        raise UnreadableChartError(f"{place.name} cannot be unpacked: {error}") from None
    return files


class _Unzipped(gzip.GzipFile):
    """The archive that a file holds, up to a bound: its headers may be as long as its files."""

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self._place = place
        self._left = 2 * MOST_BYTES

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes. Raises UnreadableChartError where there are too many."""
        data = super().read(size)
        self._left -= len(data)
        if self._left < 0:
            raise _too_large(self._place)
        return data


def _too_large(place: Path) -> UnreadableChartError:
    return UnreadableChartError(f"{place.name} is too large for a chart")

"""What renderers printed, kept in the user's cache folder by the content it was made from. JSON: nothing in it can execute."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

# Part of every key: a change of what is kept makes old entries unfindable.
_FORMAT = "1"
_KEPT_SECONDS = 30 * 24 * 3600


def cache_folder() -> Path | None:
    """Where the user's caches lie; None where nobody can tell."""
    said = os.environ.get("XDG_CACHE_HOME")
    if said and Path(said).is_absolute():
        return Path(said) / "kubelint-lb"
    try:
        return Path.home() / ".cache" / "kubelint-lb"
    except RuntimeError:
        return None


def key_of(parts: Iterable[bytes]) -> str:
    """A name for what is made from these inputs, in this order."""
    digest = sha256(_FORMAT.encode())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def tool_identity(tool: str) -> bytes:
    """What tells one build of a program from another without running it: where it lies, its size and its date."""
    path = Path(tool).resolve()
    with suppress(OSError):
        status = path.stat()
        return f"{path}:{status.st_size}:{status.st_mtime_ns}".encode()
    return str(path).encode()


def cache_of(kind: str, *, used: bool = True) -> Cache:
    """The user's cache for one kind of entries; one that keeps nothing, where none is to be used."""
    return Cache(kind, cache_folder() if used else None)


class Cache:
    """Entries of one kind. Whatever goes wrong with the folder, there is just nothing in it. Without a folder nothing is kept.

    Entries that nothing asked for in a month go when others come.
    """

    def __init__(self, kind: str, folder: Path | None) -> None:
        self._folder = folder / kind if folder is not None else None
        self._swept = False

    def get(self, key: str) -> list[tuple[str, str]] | None:
        """The pairs of texts kept under a key."""
        if self._folder is None:
            return None
        file = self._folder / f"{key}.json"
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        if not isinstance(data, list) or not all(_is_pair(one) for one in data):
            return None
        with suppress(OSError):
            os.utime(file)
        return [(str(first), str(second)) for first, second in data]

    def put(self, key: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Keeps pairs of texts under a key."""
        if self._folder is None:
            return
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(list(pairs), file)
            Path(name).replace(self._folder / f"{key}.json")
            self._sweep(self._folder)

    def _sweep(self, folder: Path) -> None:
        """Once a run: what is old goes, and what a run that was killed left half written."""
        if self._swept:
            return
        self._swept = True
        oldest = time.time() - _KEPT_SECONDS
        for entry in os.scandir(folder):
            with suppress(OSError):
                if entry.stat(follow_symlinks=False).st_mtime < oldest:
                    Path(entry.path).unlink()


def _is_pair(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(text, str) for text in one)

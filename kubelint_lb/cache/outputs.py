"""What renderers printed, kept in the user's cache folder by the content it was made from. JSON: nothing in it can execute."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kubelint_lb.cache.folder import cache_folder, read_entry, sweep, write_entry

# Part of every key: a change of what is kept makes old entries unfindable.
_FORMAT = "2"
# In the place of what the first text of a pair names.
_FAILED = "\0failed"
_PRIVATE = re.compile(r"Secret|ConfigMap|[dD]ata:")


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
    folder = cache_folder() if used else None
    return Cache(kind, Path(folder) if folder is not None else None)


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
        data = read_entry(str(self._folder / f"{key}.json"))
        if not isinstance(data, list) or not all(_is_pair(one) for one in data):
            return None
        return [(str(first), str(second)) for first, second in data]

    def failure(self, key: str) -> str | None:
        """Why what is kept under a key failed; None where it did not, or nothing is kept."""
        found = self.get(key)
        return found[0][1] if found is not None and len(found) == 1 and found[0][0] == _FAILED else None

    def put_failure(self, key: str, words: str) -> None:
        """Keeps that something failed for good, unless the words quote what is nobody's business."""
        if _PRIVATE.search(words) is None:
            self.put(key, [(_FAILED, words)])

    def put(self, key: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Keeps pairs of texts under a key."""
        if self._folder is None:
            return
        write_entry(str(self._folder / f"{key}.json"), list(pairs))
        if not self._swept:
            self._swept = True
            sweep(str(self._folder))


def _is_pair(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(text, str) for text in one)

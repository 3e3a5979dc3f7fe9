"""The heads of our own rules as they were read before: parsing a hundred of them takes longer than checking a file.

Kept in the user's cache folder as JSON, each by the text that it was read from, as Python keeps byte code.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from zlib import crc32

from kubelint_lb import __version__
from kubelint_lb.cache.folder import cache_folder, read_entry, sweep, write_entry
from kubelint_lb.source.document import Document
from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence, to_python
from kubelint_lb.source.text import SourceText

_FORMAT = 1
# Who writes rules makes new texts of them all day.
_MOST = 2_000


class Heads:
    """The heads that are kept, by what names their texts; those that were not are there once they are known."""

    def __init__(self, folder: Callable[[], str | None]) -> None:
        self._folder = folder
        self._kept: dict[str, object] | None = None
        self._is_new = False

    def get(self, text: str, path: str) -> Mapping | None:
        """The head of a rule file as nodes without places; None where it is not kept."""
        head = self._all().get(_name(text))
        node = _node(Document(SourceText(path, ""), 0, 0), head)
        return node if isinstance(node, Mapping) else None

    def put(self, text: str, head: Mapping) -> None:
        """Notes a head that was parsed."""
        self._all()[_name(text)] = to_python(head)
        self._is_new = True

    def keep(self) -> None:
        """Keeps what was noted."""
        file = self._file()
        if self._is_new and file is not None and len(self._all()) <= _MOST:
            self._is_new = False
            write_entry(file, self._all())
            sweep(os.path.dirname(file))

    def _all(self) -> dict[str, object]:
        if self._kept is None:
            file = self._file()
            found = read_entry(file) if file is not None else None
            self._kept = found if isinstance(found, dict) and len(found) < _MOST else {}
        return self._kept

    def _file(self) -> str | None:
        folder = self._folder()
        return os.path.join(folder, "rules", f"{__version__}-{_FORMAT}.json") if folder is not None else None


HEADS = Heads(cache_folder)


def _name(text: str) -> str:
    data = text.encode()
    return f"{crc32(data):08x}-{len(data)}"


def _node(document: Document, value: object) -> Node:
    if isinstance(value, dict):
        return Mapping(document, 0, {name: _node(document, one) for name, one in value.items()}, [0] * len(value))
    if isinstance(value, list):
        return Sequence(document, 0, [_node(document, one) for one in value])
    if isinstance(value, str):
        return Scalar(document, value, '"', 0, 0)
    written = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return Scalar(document, written, "", 0, 0)

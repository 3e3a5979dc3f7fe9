"""The files a renderer read, parsed again when a finding has to be traced into one."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import MutableMapping
from copy import copy
from pathlib import Path

from kubelint_lb.render.kustomize.kustomization import Kustomization
from kubelint_lb.source.decode import NotText, decode
from kubelint_lb.source.files import read_file
from kubelint_lb.source.node import Document, Mapping, Sequence
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.text import SourceText


class Library:
    """Files by path relative to the root. `sources` collects the texts of those that were opened, for excerpts."""

    def __init__(self, root: Path, sources: MutableMapping[str, SourceText]) -> None:
        self._root = root
        self._sources = sources
        self._documents: dict[str, list[Document]] = {}
        self._kustomizations: MappingOf[str, Kustomization] = {}

    def of(self, kustomizations: MappingOf[str, Kustomization]) -> Library:
        """The same files, with the kustomizations of one unit by their folders."""
        shelf = copy(self)
        shelf._kustomizations = kustomizations  # noqa: SLF001 - its own kind
        return shelf

    def documents(self, path: str) -> list[Document]:
        """The documents of a file; none where it cannot be read."""
        if path not in self._documents:
            try:
                text = decode(read_file(self._root / path))
            except (OSError, NotText):
                text = ""
            self._documents[path] = found = parse_text(text, path)
            for document in found[:1]:
                self._sources.setdefault(path, document.source)
        return self._documents[path]

    def objects(self, path: str) -> list[Mapping]:
        """The objects of a file, those in Lists too."""
        return [one for document in self.documents(path) for one in _objects(document.root, 0)]

    def kustomization(self, folder: str) -> Kustomization | None:
        """The kustomization of a folder; its text is opened."""
        found = self._kustomizations.get(folder)
        if found is not None:
            self._sources.setdefault(found.node.path, found.node.document.source)
        return found


def _objects(root: object, depth: int) -> list[Mapping]:
    if not isinstance(root, Mapping):
        return []
    children = root.get("items")
    if isinstance(children, Sequence) and depth < 4:
        return [one for child in children.items for one in _objects(child, depth + 1)]
    return [root]

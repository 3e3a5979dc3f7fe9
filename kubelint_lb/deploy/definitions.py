"""The CustomResourceDefinitions of a tree, and those that the configuration names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kubelint_lb.deploy.tree import read_files
from kubelint_lb.kube.definitions import Definitions
from kubelint_lb.source.discover import FoundFile, discover


def definitions_of(texts: Mapping[str, str], root: Path, places: Sequence[Path]) -> Definitions:
    """The definitions in the texts of a tree, and in files and folders (absolute) that need not be read otherwise."""
    return Definitions({**texts, **read_files(root, _files(root, places)).texts} if places else texts)


def _files(root: Path, places: Iterable[Path]) -> Iterator[FoundFile]:
    """By paths relative to the root, which may lead out of it."""
    for place in places:
        path = Path(os.path.relpath(place, root)).as_posix()
        if place.is_file():
            yield FoundFile(path)
        else:
            yield from (one._replace(path=f"{path}/{one.path}") for one in discover(place))

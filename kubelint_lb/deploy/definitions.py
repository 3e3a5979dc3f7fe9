"""The CustomResourceDefinitions of a tree, and those that the configuration names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kubelint_lb.deploy.tree import read_files
from kubelint_lb.source.discover import FoundFile, discover

if TYPE_CHECKING:
    from kubelint_lb.kube.definitions import Definitions

_KIND = "CustomResourceDefinition"


def definitions_of(texts: Mapping[str, str], root: Path, places: Sequence[Path]) -> Definitions | None:
    """The definitions in the texts of a tree, and in files and folders (absolute) that need not be read otherwise; None where
    there are none."""
    everything = {**texts, **read_files(root, _files(root, places)).texts} if places else texts
    defining = {path: text for path, text in everything.items() if _KIND in text}
    if not defining:
        return None
    from kubelint_lb.kube.definitions import Definitions

    return Definitions(defining)


def _files(root: Path, places: Iterable[Path]) -> Iterator[FoundFile]:
    """By paths relative to the root, which may lead out of it."""
    for place in places:
        path = Path(os.path.relpath(place, root)).as_posix()
        if place.is_file():
            yield FoundFile(path)
        else:
            yield from (one._replace(path=f"{path}/{one.path}") for one in discover(place))

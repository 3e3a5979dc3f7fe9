"""The kustomization that a deployment tool makes for a folder that has none: it only lists what lies there.

Source: Flux' fluxcd/pkg/kustomize, which walks the folder, takes each subfolder with a kustomization as a base and every other
`.yaml` and `.yml` file as a resource.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator

from kubelint_lb.render.kustomize.kustomization import Kustomization, LeftOut
from kubelint_lb.source.names import KUSTOMIZATIONS
from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence

SUFFIXES = (".yaml", ".yml")


class Listing:
    """What lies in folders: `paths` are the files of the tree, `kustomizations` the folders that hold one."""

    def __init__(self, paths: Iterable[str], kustomizations: Collection[str]) -> None:
        self._paths = sorted(set(paths))
        self._kustomizations = kustomizations

    def __contains__(self, path: str) -> bool:
        index = bisect_left(self._paths, path)
        return self._paths[index : index + 1] == [path]

    def below(self, folder: str) -> list[str]:
        """All files in a folder and its subfolders."""
        if not folder:
            return self._paths
        # "0" is the character after "/".
        return self._paths[bisect_left(self._paths, folder + "/") : bisect_left(self._paths, folder + "0")]

    def entries(
        self, folder: str, *, recurse: bool = True, bases: bool = True, suffixes: tuple[str, ...] = SUFFIXES
    ) -> list[str]:
        """What a tool that is given the folder takes from it, in order: files by their suffixes, and (with `bases`) the
        topmost subfolders that hold a kustomization in place of what lies in them. Without `recurse`, only the folder itself
        is looked into."""
        return list(dict.fromkeys(self._entries(folder, recurse=recurse, bases=bases, suffixes=suffixes)))

    def _entries(self, folder: str, *, recurse: bool, bases: bool, suffixes: tuple[str, ...]) -> Iterator[str]:
        start = len(folder) + 1 if folder else 0
        for path in self.below(folder):
            if not recurse and "/" in path[start:]:
                continue
            base = self._base(path, start) if bases else None
            if base is not None:
                yield base
            elif path.endswith(suffixes) and path.rpartition("/")[2] not in KUSTOMIZATIONS:
                yield path

    def _base(self, path: str, start: int) -> str | None:
        end = path.find("/", start)
        while end >= 0:
            if path[:end] in self._kustomizations:
                return path[:end]
            end = path.find("/", end + 1)
        return None


def made_up(folder: str, entries: Iterable[str], place: Node, absent: Iterable[LeftOut] = ()) -> Kustomization:
    """A kustomization of a folder that lists entries, given by their paths in the tree. All that is said of it points at `place`,
    which asks for the folder. `absent`: what should be listed, but is not known."""
    listed: list[Node] = [text_at(place, posixpath.relpath(entry, folder or ".")) for entry in entries]
    node = Mapping(place.document, place.start, {"resources": Sequence(place.document, place.start, listed)}, [place.start])
    node.key_nodes = {"resources": place}
    return Kustomization(posixpath.join(folder, "kustomization.yaml"), folder, node, tuple(absent))


def text_at(place: Node, text: str) -> Scalar:
    """A text that nobody wrote, at the place of another node."""
    return Scalar(place.document, text, '"', place.start, place.end)

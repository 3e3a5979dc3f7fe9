"""How the kustomizations of a run become units: in process where that tells the whole truth, else by kustomize."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from kubelint_lb.engine.overlays import UNREAD, UNRENDERED, Files, Overlay, closures_of, has_work, resolve
from kubelint_lb.engine.read import Tree
from kubelint_lb.render.closure import Closure


class Rendering:
    """Renders under a root. `reported` are the kinds that some rule looks at, by their view names."""

    def __init__(self, root: Path, reported: Iterable[str]) -> None:
        self._root = root
        self._reported = frozenset(reported) - {"Any", "Document"}
        self.notices: tuple[str, ...] = ()

    def overlays(self, tree: Tree, taken: Collection[str]) -> tuple[Overlay, ...]:
        """The kustomizations of a tree that are units, in order of their folders, but for those whose file is taken."""
        files = Files(tree)
        found: list[Overlay] = []
        for closure in closures_of(tree, taken.__contains__):
            found.append(resolve(closure, files) or self._unresolved(closure, files))
        return tuple(found)

    def _unresolved(self, closure: Closure, files: Files) -> Overlay:
        if not has_work(closure, files, self._reported):
            return Overlay(closure, UNREAD)
        return Overlay(closure, UNRENDERED)

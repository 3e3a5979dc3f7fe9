"""How a tree of files is put together: kustomizations, charts, and which files are no objects of their own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from kubelint_lb.render.kustomize.kustomization import Kustomization
from kubelint_lb.source.folders import is_within, parent


class Layout:
    """The kustomizations of a tree by folder, and the folders that hold a Helm chart."""

    def __init__(self, kustomizations: dict[str, Kustomization], charts: frozenset[str]) -> None:
        self.kustomizations = kustomizations
        self.charts = charts

    @cached_property
    def partial_files(self) -> frozenset[str]:
        """Patches and other inputs of kustomizations."""
        return frozenset(path for one in self.kustomizations.values() for path in one.partial_files)

    @cached_property
    def patched_files(self) -> frozenset[str]:
        """Files whose objects some kustomization may change."""
        return frozenset(path for one in self.kustomizations.values() if one.changes for path in self._reached(one, set()))

    @cached_property
    def remote_folders(self) -> frozenset[str]:
        """Folders into which a kustomization brings objects that are not read here, directly or through what it includes."""
        return frozenset(folder for folder, one in self.kustomizations.items() if self._is_remote(one, set()))

    def including(self, path: str) -> tuple[Kustomization, ...]:
        """The kustomizations that include a file, directly or through others."""
        return self._including.get(path, ())

    @cached_property
    def _including(self) -> dict[str, tuple[Kustomization, ...]]:
        found: dict[str, tuple[Kustomization, ...]] = {}
        for one in self.kustomizations.values():
            for path in dict.fromkeys(self._reached(one, set())):
                found[path] = (*found.get(path, ()), one)
        return found

    def in_chart(self, path: str) -> bool:
        """The file is a template of a chart (or lies in its `templates` or `charts` folder)."""
        folder = path.rpartition("/")[0]
        while True:
            if folder in self.charts and self._is_template(path, folder):
                return True
            if not folder:
                return False
            folder = parent(folder)

    @staticmethod
    def _is_template(path: str, chart: str) -> bool:
        inside = path[len(chart) + 1 :] if chart else path
        return inside.startswith("templates/")

    def _reached(self, kustomization: Kustomization, seen: set[str]) -> Iterable[str]:
        if kustomization.folder in seen:
            return
        seen.add(kustomization.folder)
        for entry in kustomization.entries:
            if entry in self.kustomizations:
                yield from self._reached(self.kustomizations[entry], seen)
            else:
                yield entry

    def _is_remote(self, kustomization: Kustomization, seen: set[str]) -> bool:
        if kustomization.remote:
            return True
        if kustomization.folder in seen:
            return False
        seen.add(kustomization.folder)
        return any(
            self._is_remote(self.kustomizations[entry], seen) for entry in kustomization.entries if entry in self.kustomizations
        )

    def chart_folders_near(self, folder: str) -> bool:
        """A chart lies in the folder or holds it."""
        return any(is_within(folder, chart) or is_within(chart, folder) for chart in self.charts)

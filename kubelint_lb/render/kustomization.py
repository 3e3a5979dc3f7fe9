"""What a kustomization file says, as far as reading the tree unrendered needs it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kubelint_lb.source.values import items, mappings, name_text, present, text
from kubelint_lb.source.node import Mapping, Node

FILE_NAMES = frozenset({"kustomization.yaml", "kustomization.yml", "Kustomization"})
# Fields whose presence changes the objects that the kustomization lists.
_CHANGING = (
    "components",
    "images",
    "openapi",
    "patches",
    "patchesJson6902",
    "patchesStrategicMerge",
    "replacements",
    "replicas",
    "transformers",
    "vars",
)
_REMOTE_SIGNS = ("://", "github.com", "gitlab.com", "bitbucket.org", "?ref=", "git@", "git::")


@dataclass(frozen=True)
class Kustomization:
    """A kustomization; paths are relative to the root of the tree."""

    path: str
    folder: str
    node: Mapping

    @cached_property
    def entries(self) -> tuple[str, ...]:
        """Local resources, bases and components, files or folders."""
        return tuple(path for path in map(self._local, self._listed("resources", "bases", "components")) if path is not None)

    @cached_property
    def remote(self) -> bool:
        """Brings objects that are not in these files: remote entries, charts or generators."""
        listed = self._listed("resources", "bases", "components")
        return any(is_remote(entry) for entry in listed) or any(
            self._filled(field) for field in ("helmCharts", "helmChartInflationGenerator", "generators")
        )

    @cached_property
    def changes(self) -> bool:
        """Changes more of its objects than names, namespaces, labels and annotations."""
        return any(self._filled(field) for field in _CHANGING)

    @cached_property
    def partial_files(self) -> frozenset[str]:
        """Files that are patches, generator inputs or configuration of kustomize: not objects on their own."""
        return frozenset(path for path in map(self._local, self._partial()) if path is not None)

    def _partial(self) -> Iterator[str]:
        for field in ("patchesStrategicMerge", "transformers", "configurations", "crds", "generators", "validators"):
            yield from self._listed(field)
        for field in ("patches", "patchesJson6902", "replacements"):
            for entry in mappings(self.node.get(field)):
                if (path := text(entry.get("path"))) is not None:
                    yield path
        for field in ("configMapGenerator", "secretGenerator"):
            for entry in mappings(self.node.get(field)):
                for item in (*items(entry.get("files")), *items(entry.get("envs"))):
                    yield (text(item) or "").rpartition("=")[2]
        for entry in mappings(self.node.get("helmCharts")):
            yield text(entry.get("valuesFile")) or ""

    def _listed(self, *fields: str) -> list[str]:
        return [value for field in fields for item in items(self.node.get(field)) if (value := name_text(item))]

    def _filled(self, field: str) -> bool:
        node: Node | None = present(self.node.get(field))
        return node is not None and bool(items(node) or isinstance(node, Mapping))

    def _local(self, entry: str) -> str | None:
        if not entry or "\n" in entry or is_remote(entry):
            return None
        path = posixpath.normpath(posixpath.join(self.folder, entry))
        return None if path.startswith("..") or path.startswith("/") else "" if path == "." else path


def is_remote(entry: str) -> bool:
    """A resource that kustomize would fetch."""
    return any(sign in entry for sign in _REMOTE_SIGNS)

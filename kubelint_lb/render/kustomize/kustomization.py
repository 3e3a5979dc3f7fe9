"""What a kustomization file says, as far as reading the tree unrendered needs it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.values import items, mappings, name_text, present, text

# The field with the charts that kustomize inflates with Helm.
INFLATED = "helmCharts"
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


class Entry(NamedTuple):
    """One entry of a list of paths: where and how it is written, and the local path it means, if it is one."""

    node: Node
    written: str
    path: str | None


class LeftOut(NamedTuple):
    """Something that is not rendered, where it is written, and why."""

    node: Node
    why: str


class Kustomization:
    """A kustomization; paths are relative to the root of the tree. `absent`: what belongs to it beyond what `node` says, and
    cannot be had. No dataclass: importing them takes longer than reading one."""

    def __init__(self, path: str, folder: str, node: Mapping, absent: tuple[LeftOut, ...] = ()) -> None:
        self.path = path
        self.folder = folder
        self.node = node
        self.absent = absent

    @cached_property
    def entries(self) -> tuple[str, ...]:
        """Local resources, bases and components, files or folders."""
        return tuple(path for path in map(self.local, self._listed("resources", "bases", "components")) if path is not None)

    @cached_property
    def remote(self) -> bool:
        """Brings objects that are not in these files: remote entries, charts or generators."""
        listed = self._listed("resources", "bases", "components")
        return any(is_remote(entry) for entry in listed) or any(
            self.filled(field) for field in (INFLATED, "helmChartInflationGenerator", "generators")
        )

    @cached_property
    def changes(self) -> bool:
        """Changes more of its objects than names, namespaces, labels and annotations."""
        return any(self.filled(field) for field in _CHANGING)

    @cached_property
    def partial_files(self) -> frozenset[str]:
        """Files that are patches, generator inputs or configuration of kustomize: not objects on their own."""
        return frozenset(path for path in map(self.local, self._partial()) if path is not None)

    @property
    def is_component(self) -> bool:
        """A Component is applied to what includes it, never on its own."""
        return text(self.node.get("kind")) == "Component"

    @cached_property
    def namespace(self) -> str | None:
        """The namespace that it puts its objects into."""
        return name_text(self.node.get("namespace")) or None

    def listed(self, *fields: str) -> Iterator[Entry]:
        """The entries of list fields, in order, remote ones too."""
        for field in fields:
            for node in items(self.node.get(field)):
                if value := name_text(node):
                    yield Entry(node, value, self.local(value))

    def filled(self, field: str) -> bool:
        """Whether a field says anything: not absent, null or empty."""
        node: Node | None = present(self.node.get(field))
        if isinstance(node, Mapping):
            return bool(node.entries)
        return node is not None and (bool(items(node)) or name_text(node) not in {None, ""})

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
        for entry in mappings(self.node.get(INFLATED)):
            yield text(entry.get("valuesFile")) or ""
            for item in items(entry.get("additionalValuesFiles")):
                yield text(item) or ""

    def _listed(self, *fields: str) -> list[str]:
        return [value for field in fields for item in items(self.node.get(field)) if (value := name_text(item))]

    def local(self, entry: str) -> str | None:
        """The path, relative to the root of the tree, that an entry means; None for one that is remote or leaves the tree."""
        if not entry or "\n" in entry or is_remote(entry):
            return None
        path = posixpath.normpath(posixpath.join(self.folder, entry))
        return None if path.startswith(("..", "/")) else "" if path == "." else path


def is_remote(entry: str) -> bool:
    """A resource that kustomize would fetch."""
    return any(sign in entry for sign in _REMOTE_SIGNS)

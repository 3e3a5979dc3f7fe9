"""What all typed views of an object share."""

from __future__ import annotations

from functools import cached_property

from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.values import present
from kubelint_lb.source.node import Mapping, Node, Scalar
from kubelint_lb.source.scalars import ScalarValue


class View:
    """A typed reading of one manifest: the API's defaults applied once, what was written still at hand."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self.name = manifest.name
        self.namespace = manifest.namespace
        self.node: Mapping = manifest.node

    @property
    def kind(self) -> str:
        """The kind as written."""
        return self.manifest.kind

    @property
    def title(self) -> str:
        """`Service shop/web`, for messages."""
        return self.manifest.title

    @property
    def annotations(self) -> dict[str, str]:
        """`metadata.annotations`."""
        return self.manifest.annotations

    @property
    def labels(self) -> dict[str, str]:
        """`metadata.labels` of the object itself, never those of its pods."""
        return self.manifest.labels

    @cached_property
    def spec(self) -> Mapping | None:
        """`spec`, where it is a map."""
        found = self.node.get("spec")
        return found if isinstance(found, Mapping) else None

    @property
    def bare_metadata(self) -> bool:
        """It has neither labels nor annotations."""
        return not self.labels and not self.annotations

    @property
    def partial(self) -> bool:
        """A fragment of an object, for server-side apply or `kubectl patch`: what it does not say, others say."""
        return False

    @property
    def settled(self) -> bool:
        """What it does not say is not said: no kustomization may change it yet, and it is no fragment."""
        return not self.manifest.patched and not self.partial

    def is_before(self, other: View) -> bool:
        """It is read before another: a conflict of two is told once, at the one that is read second."""
        return (self.manifest.path, self.node.span) < (other.manifest.path, other.node.span)

    def lacks(self, *path: str | int) -> bool | None:
        """A field is surely not set; None where it may be, once patches are applied and placeholders filled in."""
        node: Node | None = self.node
        for step in path:
            if isinstance(node, Scalar) and node.unknown:
                return None
            node = present(node.get(step)) if node is not None else None
            if node is None:
                return True if self.settled else None
        return False

    def known(self, *path: str | int) -> ScalarValue:
        """The value of a field; None where it is not set, is no scalar, or is not known yet."""
        node = self.at(*path)
        return node.value if isinstance(node, Scalar) and not node.unknown else None

    def at(self, *path: str | int) -> Node | None:
        """The node at a path from the object's root; null reads as absent."""
        return present(self.node.get(*path))

    def key_at(self, *path: str) -> Node | None:
        """The key node of a field that is set."""
        if self.at(*path) is None:
            return None
        parent = self.node.get(*path[:-1])
        return parent.key(path[-1]) if isinstance(parent, Mapping) else None

    def place(self, *path: str) -> Node:
        """The value at a path; a missing or null field points, on purpose, at its nearest parent's key, else at the name."""
        found = self.at(*path)
        if found is not None:
            return found
        for end in range(len(path) - 1, 0, -1):
            key = self.key_at(*path[:end])
            if key is not None:
                return key
        return self.manifest.name_node

    def annotation(self, name: str) -> Scalar | None:
        """The value node of an annotation."""
        return self.manifest.annotation(name)

    def annotation_keys(self) -> list[tuple[str, Node]]:
        """The names of its annotations with where each stands."""
        found = self.at("metadata", "annotations")
        return [(name, found.key(name) or found) for name in self.annotations] if isinstance(found, Mapping) else []

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.title}>"

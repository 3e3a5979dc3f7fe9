"""One Kubernetes object with its place in a file, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

from kubelint_lb.kube.kinds import KINDS, POD_TEMPLATES, GroupKind, PodTemplates, canonical, view_name
from kubelint_lb.kube.values import name_text, present, string_map, text
from kubelint_lb.source.node import Document, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from kubelint_lb.render.kustomize.finish import Finish

MAX_LIST_DEPTH = 4
_NAMESPACE = KINDS["Namespace"]


class Manifest:
    """An object as written. `namespace` is None where the manifest sets none, which is not `default`.

    `patched`: some kustomization may change it, so what is absent here may be there once rendered.
    `shown`: what this HelmRelease installs is in a unit that another tool rendered.
    `encrypted`: SOPS holds its values; only its identity is known.
    `container`: the object whose text holds this one, where it has no document of its own.
    """

    def __init__(
        self, node: Mapping, api_version: str, kind: str, path: str, pod_templates: PodTemplates = POD_TEMPLATES
    ) -> None:
        self.node = node
        self.api_version = api_version
        self.kind = kind
        self.path = path
        self.folder = path.rpartition("/")[0]
        self.patched = False
        self.shown = False
        self.container: Manifest | None = None
        group, _, self.version = api_version.rpartition("/")
        self.identity: GroupKind = canonical(group, kind)
        # Where the pod template of a kind lies that is no workload of Kubernetes itself.
        self.template_path = pod_templates.get(self.identity)
        self.view_name = view_name(self.identity) or ("ExtraWorkload" if self.template_path is not None else None)
        metadata = present(node.get("metadata"))
        self.metadata: Mapping | None = metadata if isinstance(metadata, Mapping) else None
        self.name = self._metadata_text("name") or ""
        self.namespace: str | None = self._metadata_text("namespace") or None

    def _metadata_text(self, name: str) -> str | None:
        return name_text(self.metadata.get(name)) if self.metadata is not None else None

    def put_into(self, namespace: str | None) -> Manifest:
        """The same object as kustomize leaves it with this `namespace:`, which renames a Namespace itself; None: a copy that
        stays where it is. The caller knows which other kinds have no namespace."""
        moved = copy(self)
        moved.patched = False
        if namespace is not None and self.identity == _NAMESPACE:
            moved.name = namespace
        elif namespace is not None:
            moved.namespace = namespace
        return moved

    def finished(self, finish: Finish) -> Manifest:
        """The same object with what a deployment tool does to it last. That of a renderer's document takes its place there."""
        from kubelint_lb.render.origin import RenderedDocument

        node = finish.root(self.node)
        exempt = finish.exempts(self.node)
        done = copy(self)
        if not exempt:
            done.name = finish.text(self.name)
            done.namespace = finish.text(self.namespace) if self.namespace is not None else None
        if node is self.node:
            return done
        for name in ("labels", "annotations"):
            done.__dict__.pop(name, None)
        metadata = present(node.get("metadata"))
        done.node, done.metadata = node, metadata if isinstance(metadata, Mapping) else None
        if isinstance(node.document, RenderedDocument) and node.document.root is self.node:
            node.document.root = node
        return done

    @property
    def encrypted(self) -> bool:
        """Holds SOPS' own section."""
        return isinstance(self.node.get("sops"), Mapping)

    @cached_property
    def labels(self) -> dict[str, str]:
        """`metadata.labels`."""
        return string_map(self.metadata.get("labels")) if self.metadata is not None else {}

    @cached_property
    def annotations(self) -> dict[str, str]:
        """`metadata.annotations`."""
        return string_map(self.metadata.get("annotations")) if self.metadata is not None else {}

    def annotation(self, name: str) -> Scalar | None:
        """The value node of an annotation."""
        node = self.metadata.get("annotations", name) if self.metadata is not None else None
        return node if isinstance(node, Scalar) else None

    @property
    def name_node(self) -> Node:
        """Where the object's name stands, else the key that it is missing below, else its kind."""
        found = present(self.metadata.get("name")) if self.metadata is not None else None
        return found or self.node.key("metadata") or self.node.get("kind") or self.node

    @property
    def title(self) -> str:
        """`Service shop/web`, for messages; one that git does not name (`generateName`) says so."""
        if not self.name:
            return f"{self.kind} without a name" + (f" in {self.namespace}" if self.namespace else "")
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"

    def __repr__(self) -> str:
        return f"<{self.title} in {self.path}>"


def manifests_of(document: Document, pod_templates: PodTemplates = POD_TEMPLATES) -> Iterator[Manifest]:
    """The objects of a document: itself, or the items of a `List`. `pod_templates`: where other kinds have theirs."""
    if isinstance(document.root, Mapping):
        for node, api_version, kind in _objects(document.root, 0):
            yield Manifest(node, api_version, kind, document.source.path, pod_templates)


def _objects(node: Mapping, depth: int) -> Iterator[tuple[Mapping, str, str]]:
    """Nodes with their apiVersions and kinds."""
    api_version, kind = text(node.get("apiVersion")), text(node.get("kind"))
    if not api_version or not kind:
        return
    children = node.get("items")
    if kind.endswith("List") and isinstance(children, Sequence) and depth < MAX_LIST_DEPTH:
        item_kind = kind.removesuffix("List")
        for child in children.items:
            if isinstance(child, Mapping):
                yield from _item(child, api_version, item_kind, depth)
        return
    yield node, api_version, kind


def _item(child: Mapping, api_version: str, item_kind: str, depth: int) -> Iterator[tuple[Mapping, str, str]]:
    """`kubectl get -o yaml` repeats kind and apiVersion in the items; a typed list (`ServiceList`) need not."""
    if item_kind and "kind" not in child.entries and "apiVersion" not in child.entries:
        yield child, api_version, item_kind
    else:
        yield from _objects(child, depth + 1)

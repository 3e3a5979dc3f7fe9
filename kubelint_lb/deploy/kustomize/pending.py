"""What kustomizations that are not rendered may still do to an object: move it to a namespace, label it."""

from __future__ import annotations

from kubelint_lb.deploy.layout import Layout
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.values import mappings, present
from kubelint_lb.render.kustomize.kustomization import Kustomization
from kubelint_lb.source.node import Mapping, Node


def may_move(layout: Layout, manifest: Manifest) -> bool:
    """A kustomization puts the object into a namespace of its choice."""
    return any(present(one.node.get("namespace")) is not None for one in layout.including(manifest.path))


def may_label(layout: Layout, manifest: Manifest, key: str) -> bool:
    """A patch may change the object, or a kustomization sets this label on it."""
    return manifest.patched or any(_sets(one, key) for one in layout.including(manifest.path))


def _sets(kustomization: Kustomization, key: str) -> bool:
    maps: list[Node | None] = [kustomization.node.get("commonLabels")]
    maps += [entry.get("pairs") for entry in mappings(kustomization.node.get("labels"))]
    return any(isinstance(one, Mapping) and key in one.entries for one in maps)

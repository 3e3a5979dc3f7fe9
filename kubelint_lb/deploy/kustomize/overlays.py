"""Kustomizations become units: each that no other one includes, worked out in process or by kustomize itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.deploy.tree import Tree
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.namespaced import is_namespaced
from kubelint_lb.kube.scopes import kustomize_gives_namespace
from kubelint_lb.kube.stubs import ObjectStub
from kubelint_lb.render.kustomize.closure import WITHOUT_INPUTS, Closure
from kubelint_lb.render.kustomize.inprocess import Placed, is_simple, place
from kubelint_lb.render.kustomize.kustomization import LeftOut

if TYPE_CHECKING:
    from kubelint_lb.render.kustomize.finish import Finish
    from kubelint_lb.source.node import Node

IN_PROCESS, BY_TOOL = "in process", "kustomize"
UNASKED, UNREAD, UNRENDERED = "not asked for", "nothing to lint", "not rendered"
TWICE = "an object is there twice"
NO_TOOL = "neither kustomize nor kubectl is on the PATH"
BARE = "without the patches, images and names that a deployment tool adds"
PROGRAM = "a transformer that is not built in"


class Failure(NamedTuple):
    """A kustomization that could not be rendered: the message's key and words, and where to point."""

    node: Node
    key: str
    words: Mapping[str, str]


@dataclass(slots=True)
class Overlay:
    """One kustomization as a unit, and how its objects were had. `why` says why it was not rendered."""

    closure: Closure
    how: str
    manifests: list[Manifest] = field(default_factory=list)
    stubs: list[ObjectStub] = field(default_factory=list)
    left_out: tuple[LeftOut, ...] = ()
    why: str = ""
    failure: Failure | None = None

    @property
    def name(self) -> str:
        """The folder of the kustomization, for people; with what tells it from others of that folder."""
        folder = self.closure.root.folder or "."
        return f"{folder} ({self.closure.label})" if self.closure.label else folder

    @property
    def reached(self) -> tuple[str, ...]:
        """The files whose objects it applies."""
        return self.closure.files

    @property
    def lacks_objects(self) -> bool:
        """Objects that others may refer to are among what was left out: more than ConfigMaps and Secrets."""
        return any(one.why != WITHOUT_INPUTS for one in self.left_out)

    @property
    def resolved(self) -> bool:
        """Its objects are known as they will be applied."""
        return self.how in {IN_PROCESS, BY_TOOL}


class Files:
    """What was read, by file."""

    def __init__(self, tree: Tree) -> None:
        self.manifests: dict[str, list[Manifest]] = defaultdict(list)
        self.stubs: dict[str, list[ObjectStub]] = defaultdict(list)
        for manifest in tree.manifests:
            self.manifests[manifest.path].append(manifest)
        for one in tree.stubs:
            self.stubs[one.path].append(one)
        self._unread = tree.unread_files

    def whole(self, path: str) -> bool:
        """The file holds objects, and all of it was read."""
        return path not in self._unread and (path in self.manifests or path in self.stubs)


def resolve(closure: Closure, files: Files) -> Overlay | None:
    """The unit without a renderer; None where that would not tell the whole truth."""
    if not is_simple(closure):
        return None
    places = place(closure)
    if places is None or not all(files.whole(one.path) for one in places):
        return None
    overlay = Overlay(closure, IN_PROCESS, left_out=closure.left_out)
    for one in places:
        overlay.manifests += [_manifest(manifest, one) for manifest in files.manifests.get(one.path, ())]
        overlay.stubs += [_stub(stub, one) for stub in files.stubs.get(one.path, ())]
    finish(overlay)
    return overlay if _all_differ(overlay) else None


def resolve_bare(overlay: Overlay, files: Files) -> None:
    """What is known of a unit without what only a renderer can apply: its objects, which that may still change. A unit that
    is resolved stays as it is."""
    bare = overlay.closure.bare
    found = resolve(bare, files) if bare is not None and not overlay.resolved else None
    if found is None:
        return
    overlay.why = f"{BARE}: {overlay.why or overlay.how}"
    overlay.how, overlay.manifests, overlay.stubs, overlay.left_out = (
        found.how,
        found.manifests,
        found.stubs,
        found.left_out,
    )


def finish(overlay: Overlay) -> None:
    """Does to the objects what a deployment tool does last, and tells them if something unknown may change them."""
    applied = overlay.closure.applied
    last = applied.finish
    if last is not None:
        overlay.manifests = [manifest.finished(last) for manifest in overlay.manifests]
        overlay.stubs = [_finished(stub, last) for stub in overlay.stubs]
    if applied.destination is not None:
        _land(overlay, applied.destination)
    for manifest in overlay.manifests:
        manifest.patched = applied.altered


def _land(overlay: Overlay, destination: str) -> None:
    """Objects that have no namespace get that of the destination, if their kind surely has one."""
    for manifest in overlay.manifests:
        if manifest.namespace is None and is_namespaced(manifest.identity):
            manifest.namespace = destination
    overlay.stubs = [
        one._replace(namespace=destination) if one.namespace is None and is_namespaced(one.identity) else one
        for one in overlay.stubs
    ]


def _finished(stub: ObjectStub, last: Finish) -> ObjectStub:
    namespace = last.text(stub.namespace) if stub.namespace is not None else None
    return stub._replace(name=last.text(stub.name), namespace=namespace)


def _manifest(manifest: Manifest, place: Placed) -> Manifest:
    keeps = manifest.kind != "Namespace" and not kustomize_gives_namespace(*manifest.identity)
    return manifest.put_into(None if keeps else place.namespace)


def _stub(stub: ObjectStub, place: Placed) -> ObjectStub:
    if place.namespace is None or not kustomize_gives_namespace(*stub.identity):
        return stub
    return stub._replace(namespace=place.namespace)


def _all_differ(overlay: Overlay) -> bool:
    """No two objects are the same: kustomize refuses those."""
    objects: list[Manifest | ObjectStub] = [*overlay.manifests, *overlay.stubs]
    return len({(one.identity, one.namespace, one.name) for one in objects}) == len(objects)


def has_work(closure: Closure, files: Files, reported: Iterable[str]) -> bool:
    """Whether the closure holds an object that some rule looks at; a chart may hold any."""
    kinds = frozenset(reported)
    written = (manifest for path in closure.files for manifest in files.manifests.get(path, ()))
    return bool(closure.charts) or any(manifest.view_name in kinds for manifest in written)

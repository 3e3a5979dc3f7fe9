"""From a folder to manifests: discover, decode, prefilter, parse; everything left out is counted with its reason."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import NamedTuple, TypeAlias

from kubelint_lb.deploy.carried import Carried, carried_by
from kubelint_lb.deploy.flux.kustomizations import applied_folder
from kubelint_lb.deploy.flux.made_by import ReleaseName, release_of, releases_in
from kubelint_lb.deploy.layout import Layout
from kubelint_lb.deploy.skipped import Skipped, SkipReason
from kubelint_lb.kube.kinds import POD_TEMPLATES, PodTemplates
from kubelint_lb.kube.kube_proxy_data import HOLDERS, embedded_manifests
from kubelint_lb.kube.manifest import Manifest, manifests_of
from kubelint_lb.kube.stubs import ObjectStub, Prefilter, stub
from kubelint_lb.render.kustomize.kustomization import Kustomization
from kubelint_lb.source.decode import NotText, decode
from kubelint_lb.source.discover import FoundFile
from kubelint_lb.source.files import read_file
from kubelint_lb.source.names import CHART_FILE, KUSTOMIZATIONS
from kubelint_lb.source.node import Document, SourceText
from kubelint_lb.source.node import Mapping as MappingNode
from kubelint_lb.source.parse import parse_text

STDIN = "<stdin>"
_OBJECT = re.compile(r"""(?:^|[\s{,"'])apiVersion["']?\s*:""")
_KIND = re.compile(r"""(?:^|[\s{,"'])kind["']?\s*:""")
_SOPS = re.compile(r"""(?:^|[{,]\s*)["']?sops["']?\s*:""", re.MULTILINE)

_ARGO = frozenset({"Application", "ApplicationSet"})


class Sources(NamedTuple):
    """The texts to read, by path relative to the root, and what could not be read."""

    texts: Mapping[str, str]
    skipped: tuple[Skipped, ...]
    # Files that another tool rendered: they are objects as they are applied, whatever they look like.
    prerendered: frozenset[str] = frozenset()


class Tree:
    """All that was read: objects, documents with faults or duplicate keys, sources, and what was skipped.

    `rendered` are the objects that renderers made, `prerendered` the files that another tool did.
    """

    def __init__(
        self,
        layout: Layout,
        pod_templates: PodTemplates,
        skipped: Iterable[Skipped] = (),
        paths: tuple[str, ...] = (),
        prerendered: frozenset[str] = frozenset(),
    ) -> None:
        self.layout = layout
        self.pod_templates = pod_templates
        self.paths, self.prerendered = paths, prerendered
        self.manifests: list[Manifest] = []
        self.rendered: list[Manifest] = []
        self.documents: list[Document] = []
        # What objects bring to other clusters, apart from what stands around them.
        self.carried: list[Carried] = []
        self.stubs: list[ObjectStub] = []
        self.skipped = list(skipped)
        self.sources: dict[str, SourceText] = {}
        self.unread_folders: set[str] = set()
        self.unread_files: set[str] = set()
        # What Flux says of objects in those, by file: the HelmReleases that made them.
        self.releases: dict[str, set[ReleaseName]] = {}

    def with_rendered(self, manifests: Iterable[Manifest], sources: Mapping[str, SourceText], skipped: Iterable[Skipped]) -> Tree:
        """The tree with objects that a renderer made, the files that they point at, and what is not linted after all."""
        changed = copy(self)
        changed.rendered, changed.sources = [*self.rendered, *manifests], {**self.sources, **sources}
        changed.skipped = list(skipped)
        return changed

    @property
    def has_kustomizations(self) -> bool:
        """Something here is put together by kustomize, be it that a deployment tool asks for it."""
        asking = (one.view_name in _ARGO or applied_folder(one) is not None for one in self.manifests)
        return bool(self.layout.kustomizations) or any(asking)


def read_files(root: Path, found: Iterable[FoundFile]) -> Sources:
    """The texts of files under a root."""
    texts: dict[str, str] = {}
    skipped = []
    for one in found:
        if one.trouble:
            skipped.append(Skipped(one.path, SkipReason.UNREADABLE, one.trouble))
            continue
        try:
            texts[one.path] = decode(read_file(root / one.path))
        except OSError as error:
            skipped.append(Skipped(one.path, SkipReason.UNREADABLE, error.strerror or str(error)))
        except NotText as error:
            skipped.append(Skipped(one.path, SkipReason.UNREADABLE, str(error)))
    return Sources(texts, tuple(skipped))


@contextmanager
def paused_collector() -> Iterator[None]:
    """Nodes hold no cycles worth collecting while they are made; the collector would walk all of them again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


# Makes documents of a text: `parse_text`, or something that remembers what it made.
Parse: TypeAlias = Callable[[str, str, Callable[[str], bool] | None], list[Document]]


def read_tree(
    sources: Sources, prefilter: Prefilter, pod_templates: PodTemplates = POD_TEMPLATES, parse: Parse = parse_text
) -> Tree:
    """The objects of the texts. `pod_templates`: where kinds beyond Kubernetes' own have theirs."""
    layout = _layout(sources)
    paths = (*sources.texts, *(one.path for one in sources.skipped))
    tree = Tree(layout, pod_templates, skipped=list(sources.skipped), paths=paths, prerendered=sources.prerendered)
    tree.unread_folders.update(one.path.rpartition("/")[0] for one in sources.skipped)
    with paused_collector():
        for path, text in sources.texts.items():
            _read_file(tree, path, text, prefilter, parse)
    return tree


def _layout(sources: Sources) -> Layout:
    kustomizations = {}
    charts = set()
    for path, text in sources.texts.items():
        if path in sources.prerendered:
            continue
        folder, _, name = path.rpartition("/")
        if name in KUSTOMIZATIONS:
            documents = parse_text(text, path)
            if documents and isinstance(documents[0].root, MappingNode):
                kustomizations[folder] = Kustomization(path, folder, documents[0].root)
        elif name == CHART_FILE:
            charts.add(folder)
    return Layout(kustomizations, frozenset(charts))


def _read_file(tree: Tree, path: str, text: str, prefilter: Prefilter, parse: Parse) -> None:
    folder, _, name = path.rpartition("/")
    as_applied = path in tree.prerendered
    if tree.layout.in_chart(path) and not as_applied:
        tree.skipped.append(Skipped(path, SkipReason.TEMPLATE, "a template of a Helm chart"))
        return
    if path in tree.layout.partial_files and not as_applied:
        tree.skipped.append(Skipped(path, SkipReason.PARTIAL, "a patch or input of a kustomization"))
        return
    if name in KUSTOMIZATIONS or not _holds_object(text):
        tree.skipped.append(Skipped(path, SkipReason.NOT_KUBERNETES, _not_an_object(name)))
        return
    _take(tree, path, folder, parse(text, path, prefilter))


def _holds_object(text: str) -> bool:
    return _OBJECT.search(text) is not None and _KIND.search(text) is not None


def _not_an_object(name: str) -> str:
    return "a kustomization" if name in KUSTOMIZATIONS else "holds no Kubernetes object"


def _take(tree: Tree, path: str, folder: str, documents: list[Document]) -> None:
    patched = path in tree.layout.patched_files
    for document in documents:
        text = document.text
        if not _holds_object(text):
            continue
        if document.template and path not in tree.prerendered:
            tree.skipped.append(Skipped(path, SkipReason.TEMPLATE, "a template", document.line))
            tree.unread_folders.add(folder)
            tree.unread_files.add(path)
        elif document.faults:
            tree.documents.append(document)
            tree.unread_folders.add(folder)
            tree.unread_files.add(path)
        elif document.root is None:
            tree.stubs.append(stub(text, path))
            if path in tree.prerendered:
                tree.releases.setdefault(path, set()).update(releases_in(text))
            if "ENC[" in text and _SOPS.search(text):
                _skip_encrypted(tree, document)
        elif _is_object(document.root):
            tree.documents.append(document)
            _take_objects(tree, document, text, patched=patched)
        else:
            continue
        tree.sources[path] = document.source
    if path not in tree.sources:
        tree.skipped.append(Skipped(path, SkipReason.NOT_KUBERNETES, _not_an_object("")))


def _is_object(root: object) -> bool:
    return isinstance(root, MappingNode) and "apiVersion" in root.entries and "kind" in root.entries


def _take_objects(tree: Tree, document: Document, text: str, *, patched: bool) -> None:
    encrypted = False
    for manifest in manifests_of(document, tree.pod_templates):
        manifest.patched = patched
        if document.source.path in tree.prerendered:
            tree.releases.setdefault(document.source.path, set()).update(release_of(manifest))
        tree.manifests.append(manifest)
        encrypted = encrypted or manifest.encrypted
        tree.carried += carried_by(manifest, tree.pod_templates)
        if manifest.kind in HOLDERS and "KubeProxyConfiguration" in text:
            tree.manifests += embedded_manifests(manifest)
    if encrypted:
        _skip_encrypted(tree, document)


def _skip_encrypted(tree: Tree, document: Document) -> None:
    tree.skipped.append(Skipped(document.source.path, SkipReason.ENCRYPTED, "encrypted by SOPS", document.line))

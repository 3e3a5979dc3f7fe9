"""The objects that kustomize printed, as documents that know where they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kubelint_lb.render.library import Library
from kubelint_lb.render.origin import RenderedDocument, adopt
from kubelint_lb.render.provenance import Change, Trace, folder_of, path_of
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.text import SourceText
from kubelint_lb.source.values import mappings, name_text

_ORIGIN = "config.kubernetes.io/origin"
_CHANGES = "alpha.config.kubernetes.io/transformations"


def rendered_documents(
    unit: str, texts: Iterable[str], library: Library, wanted: Callable[[str], bool]
) -> Iterator[RenderedDocument]:
    """The objects of the kustomization in the folder `unit` that are wanted, without kustomize's annotations."""
    for text in texts:
        if not wanted(text):
            continue
        for document in parse_text(text, ""):
            if isinstance(document.root, Mapping):
                yield _document(unit, document.root, library)


def _document(unit: str, root: Mapping, library: Library) -> RenderedDocument:
    document = root.document
    annotations = root.get("metadata", "annotations")
    origin, changes = _annotation(annotations, _ORIGIN), _annotation(annotations, _CHANGES)
    path = name_text(origin.get("path")) if origin is not None else None
    made_in = name_text(origin.get("configuredIn")) if origin is not None else None
    written = _object_like(root, library.objects(path_of(unit, path))) if path is not None else None
    steps = tuple(
        Change(folder_of(unit, where), kind)
        for change in mappings(changes)
        if (where := name_text(change.get("configuredIn"))) and (kind := name_text(change.get("configuredBy", "kind")))
    )
    fallback = _fallback(written, library, folder_of(unit, made_in) if made_in is not None else unit)
    source = SourceText(fallback.path, document.text)
    rendered = RenderedDocument(source, 0, len(source.text), fallback.path, fallback, Trace(written, steps, library).locate)
    adopt(document, rendered)
    if isinstance(annotations, Mapping):
        _strip(root, annotations)
    return rendered


def _fallback(written: Mapping | None, library: Library, folder: str) -> Node:
    """The object's name where it is written, else the kustomization that makes it."""
    if written is not None:
        return written.get("metadata", "name") or written.get("kind") or written
    one = library.kustomization(folder)
    if one is None:
        raise AssertionError(f"no kustomization in {folder!r}")  # kustomize rendered it from one of these
    return next(one.node.keys(), one.node)


def _annotation(annotations: Node | None, name: str) -> Node | None:
    """The YAML that an annotation's text holds."""
    node = annotations.get(name) if annotations is not None else None
    written = name_text(node)
    documents = parse_text(written, "") if written else []
    return documents[0].root if documents else None


def _object_like(rendered: Mapping, objects: list[Mapping]) -> Mapping | None:
    """The object of a file that a rendered one comes from: of its kind, and named alike."""
    kind = name_text(rendered.get("kind"))
    same = [one for one in objects if name_text(one.get("kind")) == kind]
    if len(same) == 1:
        return same[0]
    name = name_text(rendered.get("metadata", "name")) or ""
    named = [(name_text(one.get("metadata", "name")) or "", one) for one in same]
    alike = [(len(written), one) for written, one in named if written and written in name]
    return max(alike, key=lambda pair: pair[0])[1] if alike else None


def _strip(root: Mapping, annotations: Mapping) -> None:
    """Takes kustomize's notes out, and the annotations where nothing else was in them."""
    for name in (_ORIGIN, _CHANGES):
        _remove(annotations, name)
    metadata = root.get("metadata")
    if not annotations.entries and isinstance(metadata, Mapping):
        _remove(metadata, "annotations")


def _remove(mapping: Mapping, name: str) -> None:
    if name in mapping.entries:
        del mapping.key_offsets[list(mapping.entries).index(name)]
        del mapping.entries[name]

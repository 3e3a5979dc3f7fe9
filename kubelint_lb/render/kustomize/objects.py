"""The objects that kustomize printed, as documents that know where they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kubelint_lb.render.helm.values_trace import ValuesTrace
from kubelint_lb.render.kustomize.inflation import entry_of, written_values
from kubelint_lb.render.kustomize.kustomization import Kustomization
from kubelint_lb.render.kustomize.library import Library
from kubelint_lb.render.kustomize.provenance import Change, Provenance, folder_of, path_of
from kubelint_lb.render.origin import Locate, RenderedDocument, adopt
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
    one = library.kustomization(folder_of(unit, made_in) if made_in is not None else unit)
    entry = entry_of(one, root) if one is not None and _is_inflated(origin) else None
    fallback = _fallback(written, one, entry)
    source = SourceText(fallback.path, document.text)
    locate: Locate = Provenance(written, steps, library).locate
    if one is not None and entry is not None:
        locate = _or_value(locate, ValuesTrace(list(_values(entry, one, library))))
    rendered = RenderedDocument(source, 0, len(source.text), fallback.path, fallback, locate)
    adopt(document, rendered)
    if isinstance(annotations, Mapping):
        _strip(root, annotations)
    return rendered


def _fallback(written: Mapping | None, one: Kustomization | None, entry: Mapping | None) -> Node:
    """The object's name where it is written, else that of the chart it comes from, else the kustomization that makes it."""
    if written is not None:
        return written.get("metadata", "name") or written.get("kind") or written
    if entry is not None:
        return entry.get("name") or entry
    if one is None:
        raise AssertionError("an object of no kustomization")  # kustomize rendered it from one of these
    return next(one.node.keys(), one.node)


def _is_inflated(origin: Node | None) -> bool:
    return origin is not None and name_text(origin.get("configuredBy", "kind")) == "HelmChartInflationGenerator"


def _values(entry: Mapping, one: Kustomization, library: Library) -> Iterator[Mapping]:
    """The values that an entry gives its chart, as far as people see them."""
    paths = (one.local(written) for written in written_values(entry))
    roots = [document.root for path in paths if path for document in library.documents(path)[:1]]
    yield from (root for root in (*roots, entry.get("valuesInline")) if isinstance(root, Mapping))


def _or_value(locate: Locate, values: ValuesTrace) -> Locate:
    """What no transformation sets may be a value of the chart."""
    return lambda way, node: locate(way, node) or values.alike(way, node)


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

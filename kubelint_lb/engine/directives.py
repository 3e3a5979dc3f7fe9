"""Suppressions written in manifests: comments `# kubelint-lb: ignore[NAME] reason` and annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.model.manifest import Manifest
from kubelint_lb.source.comments import comments
from kubelint_lb.source.node import Mapping, Scalar, SourceText
from kubelint_lb.source.span import Span

NEEDLE = "kubelint-lb:"
ANNOTATION = "kubelint-lb.dev/ignore."
_DIRECTIVE = re.compile(r"kubelint-lb:\s*ignore\[([^\]]*)\]\s*[-\u2013\u2014:]*\s*(.*)")


class Directive(NamedTuple):
    """One rule name suppressed at one place. A comment speaks for its line, or for the lines `first` to `last` of the
    object it stands above; an annotation for its object's."""

    kind: str
    rule: str
    reason: str
    path: str
    span: Span
    first: int
    last: int
    manifest: Manifest | None = None


def comment_directives(source: SourceText, manifests: list[Manifest]) -> Iterator[Directive]:
    """The suppressions in a file's comments."""
    if NEEDLE not in source.text:
        return
    lines = source.lines
    starts = {line: manifest for manifest in manifests for line in _lines_above(manifest, lines)}
    for comment in comments(lines, NEEDLE):
        match = _DIRECTIVE.match(comment.text)
        if match is None:
            continue
        first, last, manifest = _scope(comment.span.line, alone=comment.alone, lines=lines, starts=starts)
        for name in filter(None, (name.strip() for name in match[1].split(","))):
            yield Directive("comment", name, match[2].strip(), source.path, comment.span, first, last, manifest)


def annotation_directives(manifest: Manifest) -> Iterator[Directive]:
    """The suppressions in an object's annotations."""
    annotations = manifest.metadata.get("annotations") if manifest.metadata is not None else None
    if not isinstance(annotations, Mapping):
        return
    for name, value in annotations.items():
        key = annotations.key(name)
        if name.startswith(ANNOTATION) and key is not None:
            reason = value.text.strip() if isinstance(value, Scalar) else ""
            first, last = _object_lines(manifest)
            yield Directive("annotation", name[len(ANNOTATION) :], reason, key.path, key.span, first, last, manifest)


def _scope(line: int, *, alone: bool, lines: tuple[str, ...], starts: dict[int, Manifest]) -> tuple[int, int, Manifest | None]:
    """The lines a comment speaks for: its own, or those below it where it stands alone."""
    if not alone:
        return line, line, None
    below = line + 1
    while below <= len(lines) and lines[below - 1].lstrip().startswith("#"):
        below += 1
    manifest = starts.get(below)
    if manifest is None:
        return below, below, None
    return (*_object_lines(manifest), manifest)


def _lines_above(manifest: Manifest, lines: tuple[str, ...]) -> Iterator[int]:
    """The lines that begin an object: its first key, the `---` above it, or the `-` of a List's item."""
    first = manifest.node.span.line
    yield first
    above = first - 1
    while above >= 1 and (not lines[above - 1].strip() or lines[above - 1].lstrip().startswith("#")):
        above -= 1
    if (above >= 1 and lines[above - 1].startswith("---") and manifest.node is manifest.node.document.root) or (
        above >= 1 and lines[above - 1].strip() == "-"
    ):
        yield above


def _object_lines(manifest: Manifest) -> tuple[int, int]:
    span = manifest.node.span
    return span.line, span.end_line

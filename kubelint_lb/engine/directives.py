"""Suppressions written in manifests: comments `# kubelint-lb: ignore[NAME] reason` and annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.render.origin import located
from kubelint_lb.source.comments import comments
from kubelint_lb.source.node import Mapping, Scalar, SourceText
from kubelint_lb.source.span import Span

NEEDLE = "kubelint-lb:"
ANNOTATION = "kubelint-lb.dev/ignore."
# A day, or what people write in place of one: `until 1.35 is out` is a reason, `until 31/12/2026` a slip.
_UNTIL = re.compile(
    r"until\s+(\d{4}[-./]\d+(?:[-./]\d+)*|\d{1,2}([-./])\d{1,2}\2\d{4})(?!\w)[\s,;:.\u2013\u2014-]*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
_DIRECTIVE = re.compile(r"kubelint-lb:\s*ignore\[([^\]]*)\]\s*[-\u2013\u2014:]*\s*(.*)")


class Directive(NamedTuple):
    """One rule name suppressed at one place. A comment speaks for its line, or for the lines `first` to `last` of the
    object it stands above; an annotation for its object's. `until` is what it says of its end; see `last_day`."""

    kind: str
    rule: str
    reason: str
    path: str
    span: Span
    first: int
    last: int
    manifest: Manifest | None = None
    until: str | None = None

    @property
    def last_day(self) -> str | None:
        """The last day it holds, as YYYY-MM-DD; None where it says none, or nothing that could be one."""
        return self.until if self.until is not None and is_day(self.until) else None


def is_day(text: str) -> bool:
    """A day as YYYY-MM-DD."""
    return _DAY.fullmatch(text) is not None


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
        until, reason = _until(match[2].strip())
        first, last, manifest = _scope(comment.span.line, alone=comment.alone, lines=lines, starts=starts)
        for name in filter(None, (name.strip() for name in match[1].split(","))):
            yield Directive("comment", name, reason, source.path, comment.span, first, last, manifest, until)


def annotation_directives(manifest: Manifest) -> Iterator[Directive]:
    """The suppressions in an object's annotations."""
    annotations = manifest.metadata.get("annotations") if manifest.metadata is not None else None
    if not isinstance(annotations, Mapping):
        return
    for name, value in annotations.items():
        key = annotations.key(name)
        if name.startswith(ANNOTATION) and key is not None:
            until, reason = _until(value.text.strip() if isinstance(value, Scalar) else "")
            where = located(key)
            name = name[len(ANNOTATION) :]
            yield Directive("annotation", name, reason, where.path, where.span, *_covered(manifest), until)


def _until(words: str) -> tuple[str | None, str]:
    """The day (or what is written in its place) and the reason of `until 2027-06-30 the new nodes come`."""
    match = _UNTIL.match(words)
    return (match[1], match[3].strip()) if match is not None else (None, words)


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
    return _covered(manifest)


def _lines_above(manifest: Manifest, lines: tuple[str, ...]) -> Iterator[int]:
    """The lines that begin an object: its first key, the `---` above it, or the `-` of a List's item."""
    first = located(manifest.node).span.line
    yield first
    above = first - 1
    while above >= 1 and (not lines[above - 1].strip() or lines[above - 1].lstrip().startswith("#")):
        above -= 1
    if (above >= 1 and lines[above - 1].startswith("---") and manifest.node is manifest.node.document.root) or (
        above >= 1 and lines[above - 1].strip() == "-"
    ):
        yield above


def _covered(manifest: Manifest) -> tuple[int, int, Manifest | None]:
    """The lines of an object, and itself; a rendered one stands for all that its template makes, so only lines count."""
    node = located(manifest.node)
    span = node.span
    return span.line, span.end_line, manifest if node is manifest.node else None

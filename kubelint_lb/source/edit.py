"""Edits of a text: put in at their places, everything else left as it is, byte for byte."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kubelint_lb.source.decode import NotText, decode
from kubelint_lb.source.node import Document, Mapping, Node, Scalar
from kubelint_lb.source.node import Sequence as SequenceNode
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.span import Span
from kubelint_lb.source.text import SourceText


class Replacement(NamedTuple):
    """Replace what stands between two offsets (0-based code points, the end exclusive); the same offset twice puts text in."""

    start: int
    end: int
    text: str


class NotEditable(Exception):  # noqa: N818 - it names what the file is
    """A file that cannot be edited without touching more than the edits; the message says why."""


def replacement(source: SourceText, span: Span, text: str) -> Replacement:
    """An edit by its span. Raises NotEditable for a span that the text does not have."""
    starts = source.line_starts
    if not 1 <= span.line <= span.end_line <= len(starts):
        raise NotEditable("it changed since it was read")
    start, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
    if not 0 <= start <= end <= len(source.text):
        raise NotEditable("it changed since it was read")
    return Replacement(start, end, text)


def conflict(one: Replacement, other: Replacement) -> bool:
    """Two edits touch the same text, or put something in at the same place; the very same edit twice is one."""
    if one == other:
        return False
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end and not _beside(one, other)
    return one.start < other.end and other.start < one.end


def edited(text: str, edits: Iterable[Replacement]) -> str:
    """The text with edits of which no two conflict."""
    parts, done = [], 0
    for one in sorted(set(edits)):
        parts += [text[done : one.start], one.text]
        done = one.end
    return "".join([*parts, text[done:]])


def edited_file(data: bytes, path: str, edits: Sequence[Replacement]) -> bytes:
    """The bytes of a file with edits. Raises NotEditable: it is no UTF-8, or more than the edits would read differently."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        text = decode(data)
    except NotText as error:
        raise NotEditable(str(error)) from None
    if mark + text.encode("utf-8", "surrogatepass") != data:
        raise NotEditable("it is no UTF-8")
    after = edited(text, edits)
    if not _reads_alike(path, text, after, sorted(set(edits))):
        raise NotEditable("more than the edited values would read differently")
    return mark + after.encode("utf-8", "surrogatepass")


def _beside(one: Replacement, other: Replacement) -> bool:
    """A text put in right where another edit starts or ends does not touch it."""
    return one.start != other.start and (one.end == other.start or other.end == one.start)


def _reads_alike(path: str, before: str, after: str, edits: Sequence[Replacement]) -> bool:
    """Whether all that the edits do not touch is still there, as deep and in the same order."""
    moved, shift = [], 0
    for one in edits:
        moved.append((one.start + shift, one.start + shift + len(one.text)))
        shift += len(one.text) - (one.end - one.start)
    old = list(_words(path, before, [(one.start, one.end) for one in edits]))
    return old == list(_words(path, after, moved))


def _words(path: str, text: str, edited_places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, object, bool]]:
    """The scalars of all documents that lie outside of edits: depth, value, and whether it is written plain."""
    for document in parse_text(text, path):
        if document.root is None or document.faults:
            # What could not be read before has to be the same text, but for values.
            yield 0, _beside_values(document, edited_places), False
            continue
        for depth, scalar in _scalars(document.root, 0):
            if not any(_touches(scalar, start, end) for start, end in edited_places):
                yield depth, scalar.value, scalar.plain


def _beside_values(document: Document, edited_places: Sequence[tuple[int, int]]) -> str:
    """The text without what edits replace in it, where that is one value; with all else."""
    parts, done = [], 0
    for start, end in ((start - document.base, end - document.base) for start, end in edited_places):
        if done <= start < end <= len(document.text) and _is_value(document.text[start:end]):
            parts.append(document.text[done:start])
            done = end
    return "\0".join([*parts, document.text[done:]])


def _is_value(text: str) -> bool:
    """A text that is one scalar on one line, in lists and maps of both styles."""
    if "\n" in text or text != text.strip():
        return False
    found = [parse_text(f"{before}{text}{after}", "")[0] for before, after in (("- ", ""), ("[", "]"))]
    return all(
        isinstance(one.root, SequenceNode) and not one.faults and len(one.root.items) == 1 and _is_whole(one.root.items[0], text)
        for one in found
    )


def _is_whole(item: Node, text: str) -> bool:
    return isinstance(item, Scalar) and item.source == text


def _touches(scalar: Scalar, start: int, end: int) -> bool:
    begin = scalar.document.base + scalar.start
    finish = scalar.document.base + scalar.end
    return begin < end and start < finish if start < end else begin < start < finish


def _scalars(node: Node, depth: int) -> Iterator[tuple[int, Scalar]]:
    if isinstance(node, Scalar):
        yield depth, node
    elif isinstance(node, Mapping):
        for key, (_, value) in zip(node.keys(), node.items(), strict=True):
            if isinstance(key, Scalar):
                yield depth, key
            yield from _scalars(value, depth + 1)
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _scalars(item, depth + 1)

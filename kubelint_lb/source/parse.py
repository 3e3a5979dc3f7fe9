"""From text to nodes: split into documents, then read the parser's event stream.

The C parser (libyaml 0.1.7) refuses some text that kubectl accepts; what it refuses is tried with ruamel's pure parser, and
only what both refuse is a fault, at the C parser's place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from kubelint_lb.source.build import Aliases, TooDeep, build_documents
from kubelint_lb.source.document import Fault
from kubelint_lb.source.json_stream import json_pieces
from kubelint_lb.source.node import Document, SourceText
from kubelint_lb.source.templates import never_closed, without_tokens

try:
    from _ruamel_yaml import CParser  # type: ignore[import-not-found,unused-ignore]
except ImportError:  # pragma: no cover - only where no wheel of the C parser exists
    CParser = None

Parser: TypeAlias = Callable[[str], Any]

_AFTER_SEPARATOR = frozenset({"", " ", "\t", "\r", "\n"})
# Possessive throughout: a line matches in one way only, however many there are.
_COMMENT_LINES = r"(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*+"
_ONLY_DIRECTIVES = re.compile(rf"{_COMMENT_LINES}(?:%[^\r\n]*\r?\n{_COMMENT_LINES})++")
# What a `...` leaves to the next document.
_DIRECTIVES = re.compile(
    rf"^\.\.\.[ \t]*(?:#[^\r\n]*)?\r?\n(?P<rest>{_COMMENT_LINES}(?:%[^\r\n]*\r?\n{_COMMENT_LINES})++)\Z", re.MULTILINE
)
_BLANK = re.compile(r"(?:---)?(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z))*+")
# The pure parser reads some 150 KB a second: a second try must not take minutes.
_PURE_LIMIT = 1_000_000


def parse_text(text: str, path: str, wanted: Callable[[str], bool] | None = None, *, pure: bool = False) -> list[Document]:
    """The documents of a file, in order; blank ones are left out.

    `wanted` looks at a document's text before it is parsed; one that is not wanted is returned without a root.
    `pure` reads with the pure-Python parser only. Raises nothing: what cannot be read has a fault.
    """
    source = SourceText(path, text)
    documents: list[Document] = []
    for start, end in split(text):
        chunk = text[start:end]
        if _BLANK.fullmatch(chunk):
            continue
        if wanted is not None and not wanted(chunk):
            documents.append(Document(source, start, end))
            continue
        documents += _read(source, start, end, chunk, pure=pure)
    return documents


def parse_span(source: SourceText, start: int, end: int) -> list[Document]:
    """The documents of a part of a file, by offsets (0-based code points, `end` exclusive)."""
    return _read(source, start, end, source.text[start:end], pure=False)


def split(text: str) -> list[tuple[int, int]]:
    """Offsets of the documents: each starts at a line with `---` (kept), as kubectl splits them."""
    cuts = list(_separators(text))
    if not cuts:
        return [(0, len(text))]
    starts = cuts if cuts[0] == 0 else [0, *cuts]
    if len(starts) > 1 and cuts[0] != 0 and _ONLY_DIRECTIVES.fullmatch(text, 0, cuts[0]):
        del starts[1]
    ends = [*starts[1:], len(text)]
    if "\n%" in text:
        ends = [_without_directives(text, start, end) for start, end in zip(starts, ends, strict=True)]
    return list(zip(starts, ends, strict=True))


def _separators(text: str) -> Iterator[int]:
    """Offsets of the lines that start with `---` and go on with white space, if at all."""
    offset = 0 if text.startswith("---") else text.find("\n---") + 1
    while offset or text.startswith("---"):
        if text[offset + 3 : offset + 4] in _AFTER_SEPARATOR:
            yield offset
        offset = text.find("\n---", offset + 1 if offset else 0) + 1
        if not offset:
            return


def _without_directives(text: str, start: int, end: int) -> int:
    """Where a document ends whose end mark (`...`) is followed by the next one's directives."""
    match = _DIRECTIVES.search(text, start, end)
    return match.start("rest") if match else end


def _read(source: SourceText, start: int, end: int, chunk: str, *, pure: bool) -> list[Document]:
    slow_only = pure or CParser is None
    documents, refused = _try(_pure_parser if slow_only else CParser, source, start, end, chunk)
    if refused is None:
        return documents
    if chunk.lstrip().startswith("{") and len(pieces := json_pieces(chunk)) > 1:
        return [one for first, last in pieces for one in _read(source, start + first, start + last, chunk[first:last], pure=pure)]
    if not slow_only and not isinstance(refused, TooDeep | Aliases) and len(chunk) <= _PURE_LIMIT:
        second, still_refused = _try(_pure_parser, source, start, end, chunk)
        if still_refused is None:
            return second
    return _faulty(source, start, end, refused)


def _pure_parser(text: str) -> Any:
    from kubelint_lb.source.pure import PureParser

    return PureParser(text, _ONLY_DIRECTIVES)


def _try(parser: Parser, source: SourceText, start: int, end: int, chunk: str) -> tuple[list[Document], Exception | None]:
    documents: list[Document] = []
    try:
        for document in build_documents(lambda: Document(source, start, end), parser(chunk)):
            documents.append(document)  # noqa: PERF402 - what was built before a fault is kept
    except Exception as error:
        return documents, error
    return documents, None


def _faulty(source: SourceText, start: int, end: int, error: Exception) -> list[Document]:
    document = Document(source, start, end)
    offset = _offset(error, document.text)
    key = "too-deep" if isinstance(error, TooDeep) else "aliases" if isinstance(error, Aliases) else "syntax"
    document.faults.append(Fault(document, offset, key, _words(error)))
    document.template = key == "syntax" and _is_template(document, offset)
    return [document]


def _is_template(document: Document, offset: int) -> bool:
    """The document does not parse because of tokens that something fills in before: without them it would, or further."""
    text = document.text
    if never_closed(text, offset):
        return True
    plain = without_tokens(text)
    if plain == text:
        return False
    _, refused = _try(CParser or _pure_parser, document.source, document.base, document.end, plain)
    return refused is None or _offset(refused, plain) != offset


def _offset(error: Exception, text: str) -> int:
    marks = [mark for name in ("problem_mark", "context_mark") if (mark := getattr(error, name, None)) is not None]
    places = [max(0, min(int(mark.index), len(text))) for mark in marks]
    if len(places) > 1 and not text[places[0] :].strip():
        return places[1]  # a parser meets the end of the text: what was never closed says more
    if places:
        return places[0]
    position = getattr(error, "position", None)
    return max(0, min(position, len(text))) if isinstance(position, int) else 0


def _words(error: Exception) -> str:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    context = getattr(error, "context", None)
    words = f"{context}: {problem}" if context else str(problem)
    return " ".join(words.split())

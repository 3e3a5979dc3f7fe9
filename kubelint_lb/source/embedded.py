"""YAML inside a literal block of YAML: parsed where it stands, so that places are those of the file."""

from __future__ import annotations

import re

from kubelint_lb.source.node import Document, Scalar
from kubelint_lb.source.parse import parse_span

_SEPARATOR = re.compile(r"^[ \t]*---[ \t]*(?:#[^\n]*)?$", re.MULTILINE)


def embedded_documents(block: Scalar) -> list[Document]:
    """The documents of a literal block scalar (`|`); none for any other scalar, whose places would not hold.

    The block is indented as a whole, which a mapping at the root of a document may be.
    """
    outer = block.document
    text = outer.text
    if block.style != "|" or not text.startswith("|", block.start):
        return []
    start = text.find("\n", block.start) + 1
    end = block.end
    documents: list[Document] = []
    for separator in (*_SEPARATOR.finditer(text, start, end), None):
        stop = separator.start() if separator else end
        if start and text[start:stop].strip():
            documents += parse_span(outer.source, outer.base + start, outer.base + stop)
        if separator:
            start = separator.end()
    return documents

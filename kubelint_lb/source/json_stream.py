"""JSON objects that follow one another in one text, as kubectl reads them."""

from __future__ import annotations

import re

_SPACE = re.compile(r"[ \t\r\n]*")


def json_pieces(text: str) -> list[tuple[int, int]]:
    """Offsets of the objects of a stream, ends exclusive; empty where the text is anything else."""
    from json import JSONDecoder

    decode = JSONDecoder().raw_decode
    pieces = []
    start = _end_of_space(text, 0)
    while start < len(text):
        if text[start] != "{":
            return []
        try:
            _, end = decode(text, start)
        except (ValueError, RecursionError):
            return []
        pieces.append((start, end))
        start = _end_of_space(text, end)
    return pieces


def _end_of_space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start

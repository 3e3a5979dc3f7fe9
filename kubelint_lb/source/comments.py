"""Comments of a YAML text: where they start and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.source.span import Span


class Comment(NamedTuple):
    """A comment; `text` follows the `#`. `alone`: nothing else stands on its line."""

    span: Span
    text: str
    alone: bool


# A quoted scalar, so that a `#` inside one is not taken for a comment, or a comment itself.
# An apostrophe inside a word opens nothing.
_TOKEN = re.compile(r"""(?<![^\s\[{,:])(?:'(?:[^'\n]|'')*'|"(?:[^"\\\n]|\\.)*")|(?:(?<=\s)|^)#[^\r\n]*""")


def comments(lines: tuple[str, ...], needle: str) -> Iterator[Comment]:
    """The comments that hold a word, line by line; a `#` inside quotes on one line is none."""
    for number, line in enumerate(lines, start=1):
        if needle not in line:
            continue
        for match in _TOKEN.finditer(line):
            if match[0].startswith("#") and needle in match[0]:
                span = Span(number, match.start() + 1, number, match.end() + 1)
                yield Comment(span, match[0][1:].strip(), not line[: match.start()].strip())

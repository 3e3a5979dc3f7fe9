"""Text on a terminal or in a comment: what a character may do there, and how many columns it takes."""

from __future__ import annotations

import re
import unicodedata

TAB_WIDTH = 4

# Control characters would move the cursor or change colours, bidirectional ones would reorder the line: manifests
# are other people's text, so they are shown, never sent. Lone surrogates (file names that are not UTF-8) cannot be
# printed at all.
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_SIGNS = re.compile(r"([\\`*_{}\[\]<>|#])")
_BREAKS = re.compile(r"\r\n|[\r\n\t]")


def printable(text: str) -> str:
    """`text` with every unsafe character as one visible character, so that columns stay the same."""
    return text if text.isprintable() else UNSAFE.sub(_picture, text)


def printable_lines(text: str) -> str:
    """`text` with its line breaks as they are and every other unsafe character visible."""
    return "\n".join(map(printable, text.split("\n")))


def one_line(text: str) -> str:
    """`text` on one line: line breaks and tabs become spaces, other unsafe characters visible."""
    return text if text.isprintable() else printable(_BREAKS.sub(" ", text))


def inert(text: str) -> str:
    """Words of other people on one line of Markdown: nothing in them that it or HTML would read, no link and no mention."""
    return _SIGNS.sub(r"\\\1", one_line(text)).replace("@", "@\u200b").replace("://", ":\u200b//")


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def width_of(text: str) -> int:
    """The terminal columns that printable `text` takes."""
    return len(text) if text.isascii() else sum(map(_char_width, text))


def _char_width(char: str) -> int:
    if char < "\u0300":
        return 1
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    # Hangul vowels and finals join the syllable before them, though their category is that of letters.
    joins = unicodedata.category(char) in {"Mn", "Me", "Cf"} or "\u1160" <= char <= "\u11ff"
    return 0 if joins else 1


def cells_of(line: str) -> list[str]:
    """One printable string for each code point of a source line; a tab is four spaces."""
    return [" " * TAB_WIDTH if char == "\t" else printable(char) for char in line]


def wrap(text: str, width: int) -> list[str]:
    """`text` broken at spaces into lines of at most `width` columns; a longer word keeps a line of its own."""
    lines: list[str] = []
    line, used = "", 0
    for word in one_line(text).split():
        size = width_of(word)
        if line and used + 1 + size > width:
            lines.append(line)
            line, used = word, size
        else:
            line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    return [*lines, line] if line else lines

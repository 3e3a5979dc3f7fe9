"""Splits an expression into tokens. Source: github.com/google/cel-spec `doc/langdef.md`, section Syntax."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_PIECE = r"""
    (?P<space>\s+|//[^\n]*)
  | (?P<raw>[rR](?:\"\"\"(?:.|\n)*?\"\"\"|'''(?:.|\n)*?'''|"[^"\n]*"|'[^'\n]*'))
  | (?P<string>\"\"\"(?:\\.|.|\n)*?\"\"\"|'''(?:\\.|.|\n)*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
  | (?P<float>\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)
  | (?P<int>0x[0-9a-fA-F]+|\d+)u?
  | (?P<name>[_a-zA-Z][_a-zA-Z0-9]*)
  | (?P<sign>&&|\|\||[=!<>]=|[-+*/%<>!?:.,()\[\]{}])
"""
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


class Token(NamedTuple):
    """A piece of an expression. `kind` is string, number, name, sign or end."""

    kind: str
    text: str
    value: object = None


class CelSyntaxError(Exception):
    """An expression that is not understood."""


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(_PIECE, re.VERBOSE)


def tokens(text: str) -> list[Token]:
    """The tokens of an expression, with an end. Raises CelSyntaxError."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _tokens().match(text, at)
        if match is None:
            raise CelSyntaxError(f"nothing known at {text[at : at + 10]!r}")
        at = match.end()
        token = _token(match.lastgroup or "", match[0], match)
        if token is not None:
            found.append(token)
    return [*found, Token("end", "")]


def _token(kind: str, text: str, match: re.Match[str]) -> Token | None:
    if kind == "space":
        return None
    if kind == "raw":
        return Token("string", text, _unquoted(text[1:]))
    if kind == "string":
        return Token("string", text, _ESCAPE.sub(_escaped, _unquoted(text)))
    if kind == "int":
        return Token("number", text, int(match["int"], 0) if match["int"].startswith("0x") else int(match["int"]))
    if kind == "float":
        return Token("number", text, float(text))
    return Token(kind, text)


def _unquoted(text: str) -> str:
    return text[3:-3] if text[:3] in {'"""', "'''"} and len(text) >= 6 else text[1:-1]


def _escaped(match: re.Match[str]) -> str:
    code = next((one for one in match.groups()[:3] if one), None)
    if code is not None:
        return chr(int(code, 16))
    return chr(int(match[4], 8)) if match[4] else _LETTERS.get(match[5], match[5])

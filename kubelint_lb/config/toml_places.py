"""Where keys and values stand in a TOML text. `tomllib` does not say, so the text is walked once more.

The walk is for text that `tomllib` has accepted: it checks nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from kubelint_lb.source.node import SourceText

if TYPE_CHECKING:
    from kubelint_lb.source.span import Span

TomlPath: TypeAlias = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'''
    """(?:[^\\]|\\.)*?"{3,5} | '{3}.*?'{3,5} | "(?:[^"\\\n]|\\.)*" | '[^'\n]*'
    ''',
    re.DOTALL | re.VERBOSE,
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}\n#]*")


class TomlPlaces:
    """Spans of the keys and values of a TOML text, by path."""

    def __init__(self, text: str, path: str) -> None:
        self._source = SourceText(path, text)
        self._text = text
        self._at = 0
        self._arrays: dict[TomlPath, int] = {}
        self.keys: dict[TomlPath, Span] = {}
        self.values: dict[TomlPath, Span] = {}
        self._document()

    def _document(self) -> None:
        table: TomlPath = ()
        while True:
            self._skip(_BLANK)
            if self._at >= len(self._text):
                return
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._entry(table)

    def _header(self) -> TomlPath:
        start = self._at
        is_item = self._text.startswith("[[", start)
        self._at += 2 if is_item else 1
        parts = self._dotted_key()
        self._at += 2 if is_item else 1
        path: TomlPath = ()
        for index, (name, span) in enumerate(parts):
            path = (*path, name)
            self.keys.setdefault(path, span)
            last = index == len(parts) - 1
            if is_item and last:
                self._arrays[path] = self._arrays.get(path, 0) + 1
            if path in self._arrays:
                path = (*path, self._arrays[path] - 1)
        self.values.setdefault(path, self._source.span(start, self._at))
        return path

    def _entry(self, table: TomlPath) -> None:
        path = table
        for name, span in self._dotted_key():
            path = (*path, name)
            self.keys.setdefault(path, span)
        self._skip(_SPACE)
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _dotted_key(self) -> list[tuple[str, Span]]:
        parts = []
        while True:
            self._skip(_SPACE)
            start = self._at
            if match := _STRING.match(self._text, start):
                name = match[0][1:-1]  # escapes in keys are nothing that we have
            else:
                match = _BARE_KEY.match(self._text, start)
                name = match[0] if match else ""
            self._at = match.end() if match else start + 1
            parts.append((name, self._source.span(start, self._at)))
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _value(self, path: TomlPath) -> None:
        start = self._at
        opening = self._text[start : start + 1]
        if match := _STRING.match(self._text, start):
            self._at = match.end()
        elif opening == "[":
            self._items(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            match = _BARE_VALUE.match(self._text, start)
            self._at = start + len(match[0].rstrip()) if match else start + 1
        self.values[path] = self._source.span(start, self._at)

    def _items(self, path: TomlPath) -> None:
        self._at += 1
        index = 0
        while not self._closes("]"):
            self._value((*path, index))
            index += 1

    def _inline_table(self, path: TomlPath) -> None:
        self._at += 1
        while not self._closes("}"):
            self._entry(path)

    def _closes(self, bracket: str) -> bool:
        """Goes on to the next item; true after the closing bracket."""
        self._skip(_BLANK)
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip(_BLANK)
        if self._at >= len(self._text):
            return True
        if self._text.startswith(bracket, self._at):
            self._at += 1
            return True
        return False

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self._text, self._at)
        self._at = match.end() if match else self._at

"""Variables that Flux puts into rendered objects, and the shell-like expressions that stand for them.

Source: fluxcd/pkg/envsubst, a fork of drone/envsubst, as fluxcd/pkg/kustomize calls it. `$$` is a `$`; every operator that
names a default takes it where the variable is empty, `:+` and `:?` too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from kubelint_lb.source.node import Node

_NAME = re.compile(r"\w+")
_DEFAULT = re.compile(r":[-=?+]|=")
_CASING = re.compile(r",,?|\^\^?")
_REPLACE = re.compile(r"//?+(?![#%])")
_DEEPEST = 20
_CASINGS: Mapping[str, Callable[[str], str]] = {
    ",": lambda text: text[:1].lower() + text[1:],
    ",,": str.lower,
    "^": lambda text: text[:1].upper() + text[1:],
    "^^": str.upper,
}


class Variable(NamedTuple):
    """What a variable stands for, None where that is not known; and where it is said."""

    value: str | None
    node: Node


class Filled(NamedTuple):
    """A text with what is known put in, and the variables that are in it now."""

    text: str
    used: tuple[str, ...] = ()


class Variables(NamedTuple):
    """The variables of one deployment, by name. `closed`: nothing else may define one, so that defaults count."""

    known: Mapping[str, Variable]
    closed: bool

    def is_like(self, other: Variables) -> bool:
        """Every text comes out the same."""
        mine, its = ({name: one.value for name, one in each.known.items()} for each in (self, other))
        return mine == its and self.closed == other.closed

    def fill(self, text: str) -> Filled:
        """The text with the values of what is known; everything else stays as it is written. So does the whole of a text that
        Flux refuses."""
        if "$" not in text or not (self.known or not self.closed):
            return Filled(text)
        filling = _Filling(self, text)
        try:
            return Filled(filling.all(), tuple(dict.fromkeys(filling.used)))
        except _BadSubstitutionError:
            return Filled(text)


class _BadSubstitutionError(Exception):
    """An expression that Flux does not understand."""


class _Filling:
    """Reads one text from left to right."""

    def __init__(self, variables: Variables, text: str) -> None:
        self._variables = variables
        self._text = text
        self._at = 0
        self.used: list[str] = []

    def all(self) -> str:
        parts: list[str] = []
        while True:
            found = self._text.find("$", self._at)
            if found < 0:
                return "".join((*parts, self._text[self._at :]))
            parts.append(self._text[self._at : found])
            after = self._text[found + 1 : found + 2]
            self._at = found + 2
            if after == "$":
                parts.append("$")
            elif after == "{":
                value = self._expression(0)
                parts.append(self._text[found : self._at] if value is None else value)
            else:
                parts.append("$")
                self._at = found + 1

    def _expression(self, depth: int) -> str | None:
        """The value of the expression whose `${` was read, None where it is not known; reads its `}`."""
        name = _NAME.match(self._text, self._at)
        if depth > _DEEPEST or (name is None and not self._text.startswith("#", self._at)):
            raise _BadSubstitutionError
        if name is None:
            self._skip()
            return None
        self._at = name.end()
        for pattern, value in ((_DEFAULT, self._default), (_CASING, self._cased), (_REPLACE, self._replaced)):
            operator = pattern.match(self._text, self._at)
            if operator is not None:
                self._at = operator.end()
                return value(name[0], operator[0], depth)
        if self._text.startswith("}", self._at):
            self._at += 1
            return self._value(name[0])
        if self._text[self._at : self._at + 1] not in set(":/#%"):
            raise _BadSubstitutionError
        self._skip()
        return None

    def _value(self, name: str) -> str | None:
        variable = self._variables.known.get(name)
        if variable is None or variable.value is None:
            return None
        self.used.append(name)
        return variable.value

    def _default(self, name: str, _operator: str, depth: int) -> str | None:
        other = self._words(depth)
        if name not in self._variables.known:
            # What nothing defines is empty, unless somebody unseen defines it.
            return other if self._variables.closed else None
        value = self._value(name)
        return other if value == "" else value

    def _cased(self, name: str, operator: str, _depth: int) -> str | None:
        self._close()
        value = self._value(name)
        return None if value is None else _CASINGS[operator](value)

    def _replaced(self, name: str, operator: str, _depth: int) -> str | None:
        end = self._text.find("}", self._at)
        old, separator, new = self._text[self._at : end].partition("/")
        if end < 0 or not separator:
            raise _BadSubstitutionError
        if "$" in old + new or "\\" in old + new or "/" in new:
            self._skip()
            return None
        self._at = end + 1
        value = self._value(name)
        return None if value is None else value.replace(old, new, -1 if operator == "//" else 1)

    def _words(self, depth: int) -> str | None:
        """The text up to the `}`, expressions in it filled; None where one is not known."""
        parts: list[str | None] = []
        start = self._at
        while True:
            if self._at >= len(self._text):
                raise _BadSubstitutionError
            if self._text[self._at] == "}" or self._text.startswith("${", self._at):
                parts.append(self._text[start : self._at])
                if self._text[self._at] == "}":
                    self._at += 1
                    break
                self._at += 2
                parts.append(self._expression(depth + 1))
                start = self._at
            else:
                self._at += 1
        known = [part for part in parts if part is not None]
        return "".join(known) if len(known) == len(parts) else None

    def _skip(self) -> None:
        """Passes over the rest of an expression that is not worked out here."""
        depth = 1
        while depth:
            self._at += 1
            if self._at > len(self._text):
                raise _BadSubstitutionError
            if self._text.startswith("${", self._at - 1):
                depth += 1
            elif self._text[self._at - 1] == "}":
                depth -= 1

    def _close(self) -> None:
        if not self._text.startswith("}", self._at):
            raise _BadSubstitutionError
        self._at += 1

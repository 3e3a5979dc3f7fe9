"""Turns tokens into a tree. Source: github.com/google/cel-spec `doc/langdef.md`, section Syntax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kubelint_lb.kube.validation.cel.lexer import CelSyntaxError, Token, tokens

_LEVELS = (("||",), ("&&",), ("==", "!=", "<", "<=", ">", ">=", "in"), ("+", "-"), ("*", "/", "%"))
_WORDS = {"true": True, "false": False, "null": None}


@dataclass(frozen=True)
class Literal:
    """A text, a number, a boolean or null."""

    value: object


@dataclass(frozen=True)
class Name:
    """A variable."""

    name: str


@dataclass(frozen=True)
class Select:
    """`value.field`."""

    value: Expression
    field: str


@dataclass(frozen=True)
class Index:
    """`value[index]`."""

    value: Expression
    index: Expression


@dataclass(frozen=True)
class Call:
    """A function, or a method where there is a target; operators are functions of their signs."""

    function: str
    target: Expression | None
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Listed:
    """`[a, b]`."""

    items: tuple[Expression, ...]


Expression: TypeAlias = "Literal | Name | Select | Index | Call | Listed"


def parse(text: str) -> Expression:
    """The tree of an expression. Raises CelSyntaxError."""
    parser = _Parser(tokens(text))
    found = parser.expression()
    parser.take("end", "")
    return found


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0

    def _is(self, *texts: str) -> bool:
        token = self._tokens[self._at]
        return token.kind in {"sign", "name"} and token.text in texts

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def take(self, kind: str, text: str = "") -> Token:
        """The next token, which has to be of a kind."""
        token = self._next()
        if token.kind != kind or (text and token.text != text):
            raise CelSyntaxError(f"{text or kind} expected, not {token.text!r}")
        return token

    def expression(self) -> Expression:
        """`a ? b : c`, or what binds closer."""
        condition = self._binary(0)
        if not self._is("?"):
            return condition
        self._next()
        then = self.expression()
        self.take("sign", ":")
        return Call("?:", None, (condition, then, self.expression()))

    def _binary(self, level: int) -> Expression:
        if level == len(_LEVELS):
            return self._unary()
        left = self._binary(level + 1)
        while self._is(*_LEVELS[level]):
            sign = self._next().text
            left = Call(sign, None, (left, self._binary(level + 1)))
        return left

    def _unary(self) -> Expression:
        if self._is("!", "-"):
            sign = self._next().text
            return Call("not" if sign == "!" else "minus", None, (self._unary(),))
        return self._member()

    def _member(self) -> Expression:
        value = self._primary()
        while self._is(".", "["):
            if self._next().text == "[":
                value = Index(value, self.expression())
                self.take("sign", "]")
                continue
            name = self.take("name").text
            value = Call(name, value, self._arguments()) if self._is("(") else Select(value, _unescaped(name))
        return value

    def _primary(self) -> Expression:
        token = self._next()
        if token.kind in {"string", "number"}:
            return Literal(token.value)
        if token.kind == "name":
            if token.text in _WORDS:
                return Literal(_WORDS[token.text])
            return Call(token.text, None, self._arguments()) if self._is("(") else Name(token.text)
        if token.text == "(":
            value = self.expression()
            self.take("sign", ")")
            return value
        if token.text == "[":
            return Listed(self._until("]"))
        raise CelSyntaxError(f"nothing to begin with {token.text!r}")

    def _arguments(self) -> tuple[Expression, ...]:
        self.take("sign", "(")
        return self._until(")")

    def _until(self, end: str) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while not self._is(end):
            found.append(self.expression())
            if not self._is(end):
                self.take("sign", ",")
        self._next()
        return tuple(found)


def _unescaped(name: str) -> str:
    """A field named like a word of the language is written between underscores."""
    return name[2:-2] if name.startswith("__") and name.endswith("__") and len(name) > 4 else name

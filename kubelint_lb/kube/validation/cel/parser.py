"""Turns tokens into a tree. Source: github.com/google/cel-spec `doc/langdef.md`, section Syntax."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from kubelint_lb.kube.validation.cel.lexer import CelSyntaxError, Token, tokens

# How close each operator binds.
_LEVELS = {
    sign: level
    for level, signs in enumerate((("||",), ("&&",), ("==", "!=", "<", "<=", ">", ">=", "in"), ("+", "-"), ("*", "/", "%")))
    for sign in signs
}
_WORDS = {"true": True, "false": False, "null": None}


class Literal(NamedTuple):
    """A text, a number, a boolean or null."""

    value: object


class Name(NamedTuple):
    """A variable."""

    name: str


class Select(NamedTuple):
    """`value.field`."""

    value: Expression
    field: str


class Index(NamedTuple):
    """`value[key]`."""

    value: Expression
    key: Expression


class Call(NamedTuple):
    """A function, or a method where there is a target; operators are functions of their signs."""

    function: str
    target: Expression | None
    arguments: tuple[Expression, ...]


class Listed(NamedTuple):
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

    def _binary(self, lowest: int) -> Expression:
        left = self._unary()
        while True:
            token = self._tokens[self._at]
            level = _LEVELS.get(token.text, -1) if token.kind in {"sign", "name"} else -1
            if level < lowest:
                return left
            self._at += 1
            left = Call(token.text, None, (left, self._binary(level + 1)))

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

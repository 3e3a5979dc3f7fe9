"""Templates of an ApplicationSet, filled in as far as they only name parameters.

Source: Argo CD, docs/operator-manual/applicationset/GoTemplate.md and applicationset/utils: without `goTemplate` a `{{name}}` is
replaced by the parameter of that name, and kept where there is none; with it, a template is one of Go's text/template with
Sprig's functions, of which only `{{ .a.b }}` and `{{ index .a 1 "b" }}` are understood here. What is not stays as it is written,
which the rest of the program takes for a text that nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

Parameters: TypeAlias = Mapping[str, object]
Fill: TypeAlias = Callable[[str], str]

_NAMED = re.compile(r"\{\{([^{}]*)\}\}")
_FIELDS = re.compile(r"\$?((?:\.[A-Za-z_][A-Za-z0-9_]*)+)")
_INDEX = re.compile(r'index\s+\$?((?:\.[A-Za-z_][A-Za-z0-9_]*)+)((?:\s+(?:\d+|"[^"\\]*"|`[^`]*`))+)')
_ARGUMENT = re.compile(r'(\d+)|"([^"\\]*)"|`([^`]*)`')
# Go prints whole numbers from JSON without an exponent up to here.
_LARGEST = 1_000_000


def filled(text: str, parameters: Parameters, *, go: bool) -> str:
    """A text with its parameters put in; those that are not known stay as they are written."""
    if "{{" not in text:
        return text
    done, at, trims = "", 0, False
    for match in _NAMED.finditer(text):
        inside, before = match[1], text[at : match.start()]
        before = before.lstrip() if trims else before
        # `{{- x -}}` eats the blanks around it.
        left, right = (go and inside.startswith("- "), go and inside.endswith(" -"))
        expression = inside[2 * left : len(inside) - 2 * right].strip()
        found = _by_expression(expression, parameters) if go else _by_name(expression, parameters)
        trims = right and found is not None
        done += (before.rstrip() if left and found is not None else before) + (match[0] if found is None else found)
        at = match.end()
    return done + (text[at:].lstrip() if trims else text[at:])


def _by_name(name: str, parameters: Parameters) -> str | None:
    found = parameters.get(name)
    return found if isinstance(found, str) else None


def _by_expression(expression: str, parameters: Parameters) -> str | None:
    if match := _FIELDS.fullmatch(expression):
        return _printed(_at(parameters, match[1].split(".")[1:]))
    if match := _INDEX.fullmatch(expression):
        arguments: list[str | int] = [int(number) if number else word or raw for number, word, raw in _ARGUMENT.findall(match[2])]
        return _printed(_at(parameters, [*match[1].split(".")[1:], *arguments]))
    return None


def _at(value: object, way: list[str] | list[str | int]) -> object:
    for step in way:
        if isinstance(value, Mapping) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list | tuple) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _printed(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) < _LARGEST:
        return str(value)
    return value if isinstance(value, str) else None

"""Declarative rules: a JSON Schema fragment at a place of an object; the schema error's path gives the position.

`assert: [{at: spec.rules[*].host, schema: {...}, message: key}]`
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from kubelint_lb.detectors.api import Context, Issue
from kubelint_lb.source.node import Collection, Mapping, Node, Scalar, Sequence, to_python

if TYPE_CHECKING:
    from kubelint_lb.catalogue.rule import Rule
    from kubelint_lb.kube.view import View

# What a message of a declarative rule may name: the object, the value found, and the schema's own words.
FIELDS = ("name", "value", "reason")
_STEP = re.compile(r"""\.?([^.\[\]]+)|\[(\*|\d+)\]|\["([^"]+)"\]""")
_EACH = -1


class _Found(NamedTuple):
    """A value, and the key it stands under, if it is no item of a list."""

    node: Node
    key: Node | None


def check_asserts(rule: Rule) -> Callable[[Any, Context], Iterable[Issue]]:
    """A detector made of a rule's asserts."""
    checks = [(_steps(str(one["at"])), validator(one["schema"]), str(one["message"])) for one in rule.asserts]

    def check(view: View, _ctx: Context) -> Iterator[Issue]:
        for steps, schema, message in checks:
            for found in _walk(_Found(view.node, view.manifest.name_node), steps):
                if not _holds_placeholder(found.node):
                    for place, reason in _errors(found, schema):
                        yield Issue(place, message, name=view.title, value=_shown(place), reason=reason)

    return check


def validator(schema: object) -> Any:
    """What tells the errors of a value. A schema elsewhere is never fetched."""
    from jsonschema import Draft202012Validator
    from referencing import Registry

    return Draft202012Validator(schema, registry=Registry())


def _errors(found: _Found, schema: Any) -> Iterator[tuple[Node, str]]:
    """The places where a value does not fit, each once, with the schema's words."""
    seen = set()
    errors = schema.iter_errors(to_python(found.node))
    for error in sorted(errors, key=lambda error: (list(map(str, error.absolute_path)), error.message)):
        place = _place(next(_walk(found, list(error.absolute_path)), found))
        if place.span not in seen:
            seen.add(place.span)
            yield place, error.message


def _place(found: _Found) -> Node:
    """The value itself, but of one that goes over many lines its key, or its first key."""
    node = found.node
    if not isinstance(node, Collection) or node.flow:
        return node
    if found.key is not None:
        return found.key
    return next(node.keys(), node) if isinstance(node, Mapping) else node


def _steps(path: str) -> list[str | int]:
    """`spec.rules[*].host` as keys, indexes and `*` (-1)."""
    found: list[str | int] = []
    for match in _STEP.finditer(path):
        name, index, quoted = match.groups()
        if index is not None:
            found.append(_EACH if index == "*" else int(index))
        else:
            found.append(quoted if quoted is not None else name)
    return found


def _walk(start: _Found, steps: list[str | int]) -> Iterator[_Found]:
    """What lies at the end of a path; nothing where a step leads nowhere."""
    if not steps:
        yield start
        return
    step, *rest = steps
    for child in _children(start.node, step):
        yield from _walk(child, rest)


def _children(node: Node, step: str | int) -> Iterator[_Found]:
    if isinstance(node, Mapping):
        for name in node.entries if step == _EACH else (str(step),):
            if (child := node.get(name)) is not None:
                yield _Found(child, node.key(name))
    elif isinstance(node, Sequence) and isinstance(step, int):
        for child in node.items if step == _EACH else node.items[step : step + 1]:
            yield _Found(child, None)


def _holds_placeholder(node: Node) -> bool:
    """What a tool fills in later may yet hold."""
    if isinstance(node, Scalar):
        return node.unknown
    if isinstance(node, Mapping):
        return any(_holds_placeholder(value) for _, value in node.items())
    return any(_holds_placeholder(item) for item in node.items) if isinstance(node, Sequence) else False


def _shown(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else node.source

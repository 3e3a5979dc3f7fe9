"""Declarative rules: a JSON Schema fragment at a place of an object; the schema error's path gives the position.

`assert: [{at: spec.rules[*].host, schema: {...}, message: key}]`
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kubelint_lb.detectors.api import Context, Issue
from kubelint_lb.engine.rule import Rule
from kubelint_lb.model.view import View
from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence, to_python

_STEP = re.compile(r"""\.?([^.\[\]]+)|\[(\*|\d+)\]|\["([^"]+)"\]""")


def check_asserts(rule: Rule) -> Callable[[Any, Context], Iterable[Issue]]:
    """A detector made of a rule's asserts."""
    from jsonschema import Draft202012Validator

    checks = [(_steps(str(one["at"])), Draft202012Validator(one["schema"]), str(one["message"])) for one in rule.asserts]

    def check(view: View, _ctx: Context) -> Iterator[Issue]:
        for steps, validator, message in checks:
            for node in _nodes(view.node, steps):
                if _holds_placeholder(node):
                    continue
                errors = sorted(validator.iter_errors(to_python(node)), key=lambda error: list(map(str, error.absolute_path)))
                if errors:
                    place = node.get(*errors[0].absolute_path) or node
                    yield Issue(place, message, name=view.title, value=_shown(place), reason=errors[0].message)

    return check


def _steps(path: str) -> list[str | int]:
    """`spec.rules[*].host` as keys, indexes and `*` (-1)."""
    found: list[str | int] = []
    for match in _STEP.finditer(path):
        name, index, quoted = match.groups()
        if index is not None:
            found.append(-1 if index == "*" else int(index))
        else:
            found.append(quoted if quoted is not None else name)
    return found


def _nodes(node: Node, steps: list[str | int]) -> Iterator[Node]:
    if not steps:
        yield node
        return
    step, *rest = steps
    if step == -1:
        children: Iterable[Node] = node.items if isinstance(node, Sequence) else ()
    else:
        child = node.get(step)
        children = () if child is None else (child,)
    for child in children:
        yield from _nodes(child, rest)


def _holds_placeholder(node: Node) -> bool:
    """What a tool fills in later may yet hold."""
    if isinstance(node, Scalar):
        return node.unknown
    if isinstance(node, Mapping):
        return any(_holds_placeholder(value) for _, value in node.items())
    return any(_holds_placeholder(item) for item in node.items) if isinstance(node, Sequence) else False


def _shown(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else node.source

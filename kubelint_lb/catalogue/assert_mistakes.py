"""What is wrong with a user's asserts beyond the form of the rule file: found when it is read, not when a manifest meets it."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter
from typing import Any

from kubelint_lb.catalogue.asserts import FIELDS, validator
from kubelint_lb.settings.errors import Mistake, did_you_mean
from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence, to_python
from kubelint_lb.source.values import items


def assert_mistakes(head: Mapping) -> Iterator[Mistake]:
    """Messages that nobody defines, fields that nobody fills in, schemas that are none."""
    messages = head.get("messages")
    known = list(messages.entries) if isinstance(messages, Mapping) else []
    for name in known:
        yield from _in_message(head.get("messages", name, "text") or head.get("messages", name))
    asserts = head.get("assert")
    for one in asserts.items if isinstance(asserts, Sequence) else ():
        key = one.get("message")
        if isinstance(key, Scalar) and key.text not in known:
            yield _at(key, f"there is no message '{key.text}'{did_you_mean(key.text, known)}")
        for demand in (one, *(items(one.get("when")))):
            schema = demand.get("schema")
            if isinstance(schema, Mapping):
                yield from _in_schema(schema)
            if (schema is None) == (demand.get("set") is None):
                yield _at(demand, "either a schema, or set, has to say what should be there")


def cel_mistakes(head: Mapping) -> Iterator[Mistake]:
    """Expressions that cannot be read, names in them that nobody sets; and a rule that checks nothing, or in two ways."""
    expressions, messages = items(head.get("cel")), head.get("messages")
    if (head.get("cel") is None) == (head.get("assert") is None):
        yield _at(head.get("name") or head, "a rule has either `assert` or `cel`")
    known = list(messages.entries) if isinstance(messages, Mapping) else []
    for one in expressions:
        key = one.get("message")
        if isinstance(key, Scalar) and key.text not in known:
            yield _at(key, f"there is no message '{key.text}'{did_you_mean(key.text, known)}")
        for name in ("expression", "when"):
            node = one.get(name)
            if isinstance(node, Scalar):
                yield from _in_expression(node)


def _in_expression(node: Scalar) -> Iterator[Mistake]:
    from kubelint_lb.catalogue.cel_rules import VARIABLES, compiled

    try:
        unknown = sorted(compiled(node.text).names - set(VARIABLES))
    except ValueError as error:
        yield _at(node, f"no CEL: {' '.join(str(error).split())}")
        return
    for name in unknown:
        yield _at(node, f"nobody sets '{name}'{did_you_mean(name, VARIABLES)}; there are {', '.join(VARIABLES)}")


def _in_message(node: Node | None) -> Iterator[Mistake]:
    if not isinstance(node, Scalar):
        return
    try:
        fields = [field for _, field, _, _ in Formatter().parse(node.text) if field is not None]
    except ValueError as error:
        yield _at(node, f"a brace in a message is written twice, unless it holds a field: {error}")
        return
    for field in fields:
        if field not in FIELDS:
            yield _at(node, f"unknown field {{{field}}}; a message may hold {', '.join(f'{{{one}}}' for one in FIELDS)}")


def _in_schema(schema: Mapping) -> Iterator[Mistake]:
    from jsonschema import SchemaError

    for reference in _references(schema):
        if not reference.text.startswith("#"):
            yield _at(reference, "a schema elsewhere is not read; write it here")
    checker: Any = validator({})
    try:
        checker.check_schema(to_python(schema))
    except SchemaError as error:
        yield _at(schema.get(*error.absolute_path) or schema, f"no JSON Schema: {error.message}")


def _references(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Mapping):
        for name, value in node.items():
            if name == "$ref" and isinstance(value, Scalar):
                yield value
            yield from _references(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _references(item)


def _at(node: Node, text: str) -> Mistake:
    return Mistake(node.path, *node.span[:2], text)

"""Check data against a JSON Schema and say what is wrong in words, at the place it was written.

Two keywords of our own help with the words: `x-noun` on an object or an enumeration says what its keys or values are
("rule"), `x-expects` on anything says what it should be ("a version such as 1.34").
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from kubelint_lb.resources import schemas_root
from kubelint_lb.settings.errors import Mistake, did_you_mean
from kubelint_lb.source.node import Mapping as MappingNode
from kubelint_lb.source.node import Node, Scalar
from kubelint_lb.source.node import Sequence as SequenceNode
from kubelint_lb.source.span import Span

Path: TypeAlias = Sequence[str | int]
Schema: TypeAlias = Mapping[str, Any]
# The place of a key (True) or of its value (False) under a path; the nearest parent's where there is none.
Places: TypeAlias = Callable[[Path, bool], Span]

_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "empty",
}
_LONGEST_CHOICE = 12


@cache
def load_schema(name: str) -> Schema:
    """One of our schemas, by file name. Do not change it: copy."""
    schema: Schema = json.loads((schemas_root() / name).read_text(encoding="utf-8"))
    return schema


def plain_data(node: Node | None, schema: Any, root: Schema) -> object:
    """Plain Python for a node; where the schema wants text, a scalar's text.

    Without that, YAML 1.1 would read `severity: off` as a boolean and `kubernetes-version: 1.30` as 1.3.
    """
    schema = _target(schema, root)
    if isinstance(node, Scalar):
        empty = node.plain and not node.text
        return node.text if _wants_text(schema) and not empty else node.value
    if isinstance(node, SequenceNode):
        return [plain_data(item, schema.get("items", {}), root) for item in node.items]
    if isinstance(node, MappingNode):
        known = schema.get("properties", {})
        others = schema.get("additionalProperties")
        others = others if isinstance(others, Mapping) else {}
        return {name: plain_data(value, known.get(name, others), root) for name, value in node.items()}
    return None


def node_places(root: Node) -> Places:
    """Where keys and values stand in a YAML document."""

    def place(path: Path, key: bool) -> Span:  # noqa: FBT001
        if key and path:
            parent = root.get(*path[:-1])
            if isinstance(parent, MappingNode) and (found := parent.key(str(path[-1]))):
                return found.span
        for length in range(len(path), -1, -1):
            if found := root.get(*path[:length]):
                return found.span
        return root.span

    return place


def mistakes(data: object, schema: Schema, places: Places, file: str) -> list[Mistake]:
    """What is wrong with data, in the order of the file."""
    from jsonschema import Draft202012Validator  # slow to import, and most runs have nothing to check

    found = []
    errors = list(Draft202012Validator(schema).iter_errors(data))
    # Of a value of the wrong type, all else is wrong too.
    mistyped = {tuple(error.absolute_path) for error in errors if error.validator == "type"}
    for error in errors:
        if error.validator != "type" and tuple(error.absolute_path) in mistyped:
            continue
        for path, at_key, text in _words(error):
            dotted = _dotted(path)
            found.append(Mistake(file, *places(path, at_key)[:2], f"{dotted}: {text}" if dotted else text))
    return sorted(set(found))


def _words(error: Any) -> Iterator[tuple[Path, bool, str]]:
    path = list(error.absolute_path)
    value, schema, expected = error.instance, error.schema, error.validator_value
    match error.validator:
        case "additionalProperties":
            known = list(schema.get("properties", ()))
            for name in value:
                if name not in known:
                    noun = schema.get("x-noun", "key")
                    yield [*path, name], True, f"unknown {noun}{did_you_mean(name, known) or _choices(known, noun)}"
        case "required":
            missing = [name for name in expected if name not in value and f"'{name}'" in error.message]
            for name in missing:
                yield path, True, f"'{name}' is missing"
        case "type":
            yield path, False, f"must be {_kind(schema, expected)}, not {_kind_of(value)}{_quote_hint(value, expected)}"
        case "enum":
            known = [str(choice) for choice in expected]
            noun = schema.get("x-noun", "")
            text = f"unknown {noun} {_shown(value)}" if noun else f"{_shown(value)} is not a choice"
            yield path, False, text + (did_you_mean(str(value), known) or _choices(known, noun))
        case "minLength" | "minItems" | "minProperties":
            yield path, False, "must not be empty"
        case "minimum":
            yield path, False, f"must be at least {expected}, not {value}"
        case "maximum":
            yield path, False, f"must be at most {expected}, not {value}"
        case _:
            expects = schema.get("x-expects")
            yield path, False, f"{_shown(value)} is not {expects}" if expects else error.message


def _kind(schema: Schema, expected: object) -> str:
    if "x-expects" in schema:
        return str(schema["x-expects"])
    names = expected if isinstance(expected, list) else [expected]
    return " or ".join(_KINDS.get(str(name), str(name)) for name in names)


def _kind_of(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    for kind, name in ((str, "text"), (int, "a number"), (float, "a number"), (list, "a list")):
        if isinstance(value, kind):
            return name
    return "a mapping"


def _quote_hint(value: object, expected: object) -> str:
    return "; put it in quotes" if expected == "string" and isinstance(value, bool | int | float) else ""


def _shown(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else json.dumps(value, default=str)


def _choices(known: Sequence[str], noun: str) -> str:
    if not known:
        return ""
    if len(known) > _LONGEST_CHOICE:
        return "; `kubelint-lb rules` lists them" if "rule" in noun else ""
    return f"; choose from {', '.join(known)}"


def _dotted(path: Path) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _target(schema: Any, root: Schema) -> Schema:
    if isinstance(schema, bool):
        return {}
    if "$ref" not in schema:
        plain: Schema = schema
        return plain
    target: Any = root
    for part in schema["$ref"].removeprefix("#/").split("/"):
        target = target[part]
    return _target(target, root)


def _wants_text(schema: Schema) -> bool:
    if "type" in schema:
        return bool(schema["type"] == "string")
    choices = schema.get("enum") or ()
    return bool(choices) and all(isinstance(choice, str) for choice in choices)

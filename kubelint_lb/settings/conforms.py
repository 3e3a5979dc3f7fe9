"""A quick look whether data fits a JSON Schema, for the keywords that our schemas use.

jsonschema takes longer to import than a small run takes, and most configurations are right. So this says yes or "not
sure", and only what it is not sure of goes to jsonschema, which has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
_WORDS = frozenset({"$schema", "$id", "$defs", "title", "description", "x-noun", "x-expects"})
_CHECKS: dict[str, Callable[[Any, Any], bool]] = {
    "type": lambda value, wanted: any(
        one in _TYPES and _TYPES[one](value) for one in (wanted if isinstance(wanted, list) else [wanted])
    ),
    "enum": lambda value, wanted: isinstance(value, str) and value in wanted,
    "pattern": lambda value, wanted: not isinstance(value, str) or re.search(wanted, value) is not None,
    "minLength": lambda value, wanted: not isinstance(value, str) or len(value) >= wanted,
    "minItems": lambda value, wanted: not isinstance(value, list) or len(value) >= wanted,
    "minimum": lambda value, wanted: _TYPES["number"](value) and value >= wanted,
    "maximum": lambda value, wanted: _TYPES["number"](value) and value <= wanted,
    "required": lambda value, wanted: not isinstance(value, dict) or all(name in value for name in wanted),
}


def conforms(value: object, schema: object, root: Mapping[str, Any]) -> bool:
    """True only if the value is valid; False if it is not, or if the schema has a keyword that is not known here."""
    if not isinstance(schema, Mapping):
        return schema is True
    for keyword, wanted in schema.items():
        if keyword in _WORDS or keyword == "additionalProperties":
            continue
        if keyword == "$ref":
            fits = conforms(value, root["$defs"].get(wanted.removeprefix("#/$defs/")), root)
        elif keyword == "items":
            fits = not isinstance(value, list) or all(conforms(item, wanted, root) for item in value)
        elif keyword == "properties":
            fits = not isinstance(value, dict) or all(conforms(value[name], wanted[name], root) for name in value.keys() & wanted)
        else:
            fits = keyword in _CHECKS and _CHECKS[keyword](value, wanted)
        if not fits:
            return False
    return _others(value, schema, root)


def _others(value: object, schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    others = schema.get("additionalProperties", True)
    known = schema.get("properties", {})
    return not isinstance(value, dict) or all(conforms(value[name], others, root) for name in value.keys() - known)

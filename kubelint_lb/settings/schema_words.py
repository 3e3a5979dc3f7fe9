"""What a JSON Schema of a parameter allows, in a few words."""

from __future__ import annotations

from collections.abc import Mapping

_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "mapping",
}


def in_words(schema: Mapping[str, object]) -> str:
    """`whole number, at least 1`, `percent, strict or off`."""
    expects = schema.get("x-expects")
    if expects:
        return str(expects)
    choices = schema.get("enum")
    if isinstance(choices, list):
        words = [f"`{choice}`" for choice in choices]
        return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
    kind = _TYPES.get(str(schema.get("type", "")), "anything")
    items = schema.get("items")
    if kind == "list" and isinstance(items, Mapping):
        return f"list of {_TYPES.get(str(items.get('type', '')), 'anything')}"
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f"{kind}, {low} to {high}"
    if low is not None:
        return f"{kind}, at least {low}"
    return f"{kind}, at most {high}" if high is not None else kind

"""The type that a CustomResourceDefinition gives its objects: an OpenAPI schema as one of ours.

Source: apiextensions-apiserver `pkg/apiserver/schema` (structural schemas). `scripts/api_schemas.py` says how types are written.
"""

from __future__ import annotations

from typing import Any

_META = "apimachinery.pkg.apis.meta.v1.ObjectMeta"
_EMBEDDED: dict[str, Any] = {"apiVersion": {"t": "s"}, "kind": {"t": "s"}, "metadata": {"ref": _META}}
_SHORT = {"string": "s", "boolean": "b", "number": "n"}
_BOUNDS = {
    "integer": ("minimum", "maximum"), "number": ("minimum", "maximum"), "string": ("minLength", "maxLength"),
    "array": ("minItems", "maxItems"), "object": ("minProperties", "maxProperties"),
}  # fmt: skip


def object_type(schema: dict[str, Any]) -> dict[str, Any]:
    """The type of a whole object: every one has a version, a kind, metadata and a status, whether the schema says so or not."""
    written = structural(schema)
    if written["t"] == "o":
        written["p"] |= _EMBEDDED | {"status": {"t": "a"}}
    return written


def structural(schema: dict[str, Any]) -> dict[str, Any]:
    """The type of a field."""
    return _shape(schema) | _own(schema)


def _own(schema: dict[str, Any]) -> dict[str, Any]:
    """What a schema says beside its type."""
    bounds = _BOUNDS.get(schema.get("type", ""), ("", ""))
    written: dict[str, Any] = {key: schema[name] for key, name in zip(("lo", "hi"), bounds, strict=True) if name in schema}
    if "enum" in schema:
        written |= {"e": schema["enum"], "full": True}
    if "pattern" in schema:
        written["re"] = schema["pattern"]
    if "default" in schema:
        written["d"] = schema["default"]
    rules = [one for one in schema.get("x-kubernetes-validations", ()) if "oldSelf" not in one["rule"]]
    if rules:
        written["cel"] = [[one["rule"].strip(), one.get("message", ""), one.get("fieldPath", "")] for one in rules]
    return written


def _shape(schema: dict[str, Any]) -> dict[str, Any]:
    if schema.get("x-kubernetes-int-or-string"):
        return {"t": "x"}
    kind = schema.get("type")
    if kind == "integer":
        return {"t": "i" if schema.get("format") == "int32" else "I"}
    if kind == "string":
        return {"t": "d" if schema.get("format") == "date-time" else "s"}
    if kind in _SHORT:
        return {"t": _SHORT[kind]}
    if kind == "array":
        return _list(schema)
    if isinstance(schema.get("additionalProperties"), dict):
        return {"t": "m", "of": structural(schema["additionalProperties"])}
    return _fields(schema) if "properties" in schema else {"t": "a"}


def _list(schema: dict[str, Any]) -> dict[str, Any]:
    keys = schema.get("x-kubernetes-list-map-keys")
    as_set = schema.get("x-kubernetes-list-type") == "set"
    written = {"t": "l", "of": structural(schema.get("items", {}))}
    return written | ({"k": keys} if keys else {}) | ({"u": True} if as_set else {})


def _fields(schema: dict[str, Any]) -> dict[str, Any]:
    """An object. What is asked for and has a default is filled in before anybody asks."""
    fields = {name: structural(one) for name, one in schema["properties"].items()}
    required = sorted(one for one in schema.get("required", ()) if one in fields and "d" not in fields[one])
    if schema.get("x-kubernetes-embedded-resource"):
        fields |= _EMBEDDED
    keep = {"keep": True} if schema.get("x-kubernetes-preserve-unknown-fields") else {}
    return {"t": "o", "p": fields} | ({"r": required} if required else {}) | keep

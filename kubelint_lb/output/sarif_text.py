"""Turns `sarif_om` objects, which know their property names but not how to write themselves, into JSON text."""

from __future__ import annotations

from typing import Any

import attr

from kubelint_lb.output.json_text import dump

# A missing `level` means the rule's default level where there is a rule, not "warning": so it is always written.
_ALWAYS = frozenset({"level"})


def serialise(log: object) -> str:
    """The JSON text of a SARIF log; properties that have their default value are left out."""
    plain = _plain(log)
    # People and file sniffers look for these two at the top; sarif_om has them last.
    return dump({"$schema": plain["$schema"], "version": plain["version"], **plain})


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if not attr.has(type(value)):
        return value
    written = {}
    for field in attr.fields(type(value)):
        item = getattr(value, field.name)
        name = field.metadata["schema_property_name"]
        if item is not None and (name in _ALWAYS or item != _default(field)):
            written[name] = _plain(item)
    return written


def _default(field: Any) -> Any:
    # The only generated defaults are lists that take no argument.
    return field.default.factory() if isinstance(field.default, attr.Factory) else field.default  # type: ignore[arg-type]

"""The values of a chart: laid over each other as Helm does, and whether they switch a dependency on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from kubelint_lb.source.node import Mapping as MappingNode
from kubelint_lb.source.node import to_python
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.values import items, name_text

VALUES_FILE = "values.yaml"
Values: TypeAlias = "dict[str, object]"


def merged(under: Mapping[str, object], over: Mapping[str, object]) -> Values:
    """Maps are merged key by key, anything else is replaced."""
    result = dict(under)
    for name, value in over.items():
        below = result.get(name)
        result[name] = merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result


def all_merged(layers: Iterable[Mapping[str, object]]) -> Values:
    """Several values, each over those before it."""
    result: Values = {}
    for one in layers:
        result = merged(result, one)
    return result


def root_of(text: str, path: str) -> MappingNode | None:
    """The values that a text holds; None where it holds no map."""
    documents = parse_text(text, path)
    root = documents[0].root if documents else None
    return root if isinstance(root, MappingNode) else None


def plain(root: MappingNode | None) -> Values:
    """Values as plain Python."""
    return {name: to_python(value) for name, value in root.items()} if root is not None else {}


def is_on(dependency: MappingNode, values: Mapping[str, object]) -> bool:
    """Whether values leave a dependency in: the first of its conditions that they answer, else its tags, says so.

    Source: https://helm.sh/docs/topics/charts/#tags-and-condition-fields-in-dependencies
    """
    for path in (name_text(dependency.get("condition")) or "").split(","):
        said = _at(values, path.strip().split("."))
        if isinstance(said, bool):
            return said
    tags = values.get("tags")
    said_of_tags = [tags.get(name_text(one) or "") for one in items(dependency.get("tags"))] if isinstance(tags, dict) else []
    known = [one for one in said_of_tags if isinstance(one, bool)]
    return not known or any(known)


def _at(values: object, path: Iterable[str]) -> object:
    for step in path:
        values = values.get(step) if isinstance(values, dict) else None
    return values

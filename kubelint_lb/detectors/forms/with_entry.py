"""The edit that gives a field a value, whether it is written or not."""

from __future__ import annotations

from kubelint_lb.detectors.issue import TextEdit, put_in, replace_node
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.stretch import first_line


def with_entry(mapping: Node | None, name: str, value: str) -> TextEdit | None:
    """Another value for an entry of a map, or the entry as a line before its first one; None for what is no map, or a flow map
    without the entry."""
    if not isinstance(mapping, Mapping):
        return None
    written = mapping.get(name)
    return replace_node(written, value) if written is not None else put_in(first_line(mapping, f"{name}: {value}"))

"""Edits that give an object a label or an annotation."""

from __future__ import annotations

from kubelint_lb.detectors.issue import TextEdit, put_in
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Mapping
from kubelint_lb.source.scalars import written_text
from kubelint_lb.source.stretch import first_line, first_lines, next_lines


def in_metadata(view: View, field: str, name: str, value: str) -> TextEdit | None:
    """An entry of `labels` or `annotations`, which are made where there are none; None in flow maps, and for what is there."""
    metadata, entries = view.at("metadata"), view.at("metadata", field)
    line = f"{name}: {written_text(value)}"
    if isinstance(entries, Mapping):
        return put_in(first_line(entries, line)) if name not in entries.entries else None
    if entries is not None or not isinstance(metadata, Mapping):
        return None
    lines = (f"{field}:", f"  {line}")
    return put_in(next_lines(metadata, "name", lines) or first_lines(metadata, lines))

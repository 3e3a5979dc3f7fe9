"""Edits that take an entry out of an object, with all its lines."""

from __future__ import annotations

from kubelint_lb.detectors.issue import TextEdit, cut
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Mapping
from kubelint_lb.source.stretch import lines_of_entry


def taken_out(view: View, *path: str) -> TextEdit | None:
    """Takes a field out of an object, with the map around it where that would be left empty.

    None where it shares a line with something else, comes through an alias, or is not in the object's own text.
    """
    parent = view.at(*path[:-1])
    if not isinstance(parent, Mapping) or path[-1] not in parent.entries:
        return None
    if len(parent.entries) == 1 and len(path) > 1:
        return taken_out(view, *path[:-1])
    return cut(lines_of_entry(parent, path[-1]))

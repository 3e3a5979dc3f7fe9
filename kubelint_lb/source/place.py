"""A place in a file, as findings name it."""

from __future__ import annotations

from typing import NamedTuple

from kubelint_lb.source.node import Node
from kubelint_lb.source.span import Span


class Location(NamedTuple):
    """A place in a file. `path` is relative to the report's root, with `/`; standard input is `<stdin>`, and an object of a
    cluster `<cluster:CONTEXT>/NAMESPACE/KIND/NAME.yaml`."""

    path: str
    span: Span


def location(node: Node) -> Location:
    """Where a node stands."""
    return Location(node.path, node.span)

"""What another tool rendered holds objects of the tree once more: their findings are told where people mend them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from kubelint_lb.engine.settle import kin_of

if TYPE_CHECKING:
    from kubelint_lb.engine.detect import Hit


def without_copies(hits: Sequence[Hit], prerendered: Collection[str], holds: Callable[[str], bool]) -> list[Hit]:
    """Less those in rendered files that a file of the tree has, too, if that is reported on: people mend it there, and
    what they say in comments does not reach what is rendered."""
    copies = [hit for hit in hits if hit.issue.node.path in prerendered]
    if not copies:
        return list(hits)
    rest = (hit for hit in hits if hit.issue.node.path not in prerendered and holds(hit.issue.node.path))
    known = {kin_of(hit) for hit in rest if _is_about_an_object(hit)}
    return [hit for hit in hits if hit.issue.node.path not in prerendered or kin_of(hit) not in known]


def _is_about_an_object(hit: Hit) -> bool:
    return (hit.issue.owner or hit.handed) is not None

"""What controllers say in the status of objects, beside what rules say of them: the facts decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.catalogue.condition import Condition
from kubelint_lb.engine.detect import Hit
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.values import mappings, name_text
from kubelint_lb.source.node import Mapping, Node

# Where conditions stand in a status: below it, and below the items of these.
_LISTS = ("parents", "listeners", "ancestors")


class _Said(NamedTuple):
    """A condition that a controller wrote about the object as it is now."""

    type: str
    status: str
    reason: str
    place: Node


def agreed(hit: Hit, condition: Condition | None) -> Hit | None:
    """The hit, with the controller's words where it says the same; None where every controller says the opposite.

    `condition`: what a conformant controller is expected to say of such an object, or None.
    """
    owner = hit.issue.owner or hit.handed
    if owner is None or condition is None:
        return hit
    said = [one for one in _conditions(owner) if one.type == condition.type]
    if said and all(one.status != condition.status for one in said):
        return None
    same = next((one for one in said if (one.status, one.reason) == (condition.status, condition.reason)), None)
    if same is None:
        return hit
    return hit._replace(issue=hit.issue.related(same.place, f"its controller says so, too: {condition}"))


def _conditions(manifest: Manifest) -> Iterator[_Said]:
    status = manifest.node.get("status")
    if not isinstance(status, Mapping):
        return
    generation = name_text(manifest.node.get("metadata", "generation"))
    holders = [status, *(one for name in _LISTS for one in mappings(status.get(name)))]
    for one in (one for holder in holders for one in mappings(holder.get("conditions"))):
        observed = name_text(one.get("observedGeneration"))
        place = one.get("message") or one.get("reason") or one.get("type")
        # What was said of an earlier state of the object is no fact of this one.
        if place is not None and (observed is None or observed == generation):
            type_, status_, reason = (name_text(one.get(name)) or "" for name in ("type", "status", "reason"))
            yield _Said(type_, status_, reason, place)

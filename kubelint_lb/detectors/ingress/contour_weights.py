"""A weight that an HTTPProxy does not say is 0."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    MappingNode,
    View,
    boolean,
    detector,
    integer,
    mappings,
    name_text,
    present,
)

_WHOLE = 100


@detector
def check(view: View, _ctx: Context) -> Issues:
    """projectcontour/contour `internal/envoy/v3/route.go` (weightedClusters), `internal/dag/httpproxy_processor.go`."""
    if not view.settled:
        return
    for route in mappings(view.at("spec", "routes")):
        services = list(mappings(route.get("services")))
        mirrors = [one for one in services if boolean(one.get("mirror")) is True]
        yield from _mirrors(view, mirrors)
        yield from _weights(view, [one for one in services if one not in mirrors])


def _weights(view: View, services: list[MappingNode]) -> Issues:
    nodes = [present(one.get("weight")) for one in services]
    numbers = [0 if node is None else integer(node) for node in nodes]
    if not services or any(number is None for number in numbers):
        return
    written = [node for node in nodes if node is not None]
    if not any(numbers):
        if len(written) == len(services):
            yield Issue(written[0], "all-zero" if len(services) > 1 else "single-zero", object=view.title)
        return
    for one, node in zip(services, nodes, strict=True):
        if node is None:
            place = present(one.get("name")) or one
            issue = Issue(place, "implicit-zero", object=view.title, service=name_text(one.get("name")) or "")
            yield issue.related(written[0], "another Service's weight")


def _mirrors(view: View, mirrors: list[MappingNode]) -> Issues:
    if len(mirrors) > 1:
        yield Issue(mirrors[1].get("mirror") or mirrors[1], "mirrors", object=view.title, count=len(mirrors))
    for one in mirrors:
        node = present(one.get("weight"))
        weight = integer(node)
        if node is not None and weight is not None and not 0 <= weight <= _WHOLE:
            yield Issue(node, "mirror-range", object=view.title, weight=weight)

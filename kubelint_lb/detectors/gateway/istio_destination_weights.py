"""Istio refuses a VirtualService whose several destinations have no weight above zero between them."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, MappingNode, View, detector, integer, mappings, present

_PROTOCOLS = ("http", "tls", "tcp")


@detector
def check(view: View, _ctx: Context) -> Issues:
    """validateWeights (istio `pkg/config/validation/validation.go`): unlike in the Gateway API, a weight that is not set is 0."""
    for protocol in _PROTOCOLS:
        for index, route in enumerate(mappings(view.at("spec", protocol)), 1):
            destinations = list(mappings(route.get("route")))
            if len(destinations) > 1 and not view.manifest.patched:
                yield from _issues(view, f"{protocol} route {index}", destinations)


def _issues(view: View, route: str, destinations: list[MappingNode]) -> Issues:
    weights = [present(one.get("weight")) for one in destinations]
    if any(node is not None and integer(node) != 0 for node in weights):
        return
    written = [node for node in weights if node is not None]
    if written:
        yield Issue(written[0], "all-zero", object=view.title, route=route)
        return
    place = next(destinations[0].keys(), destinations[0])
    yield Issue(place, "no-weights", object=view.title, route=route, count=len(destinations))

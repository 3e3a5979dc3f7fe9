"""EndpointSlices took the place of Endpoints."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Version, View, detector

_DEPRECATED = Version(1, 33)


@detector
def check(endpoints: View, ctx: Context) -> Issues:
    """KEP-4974. An object that elects a leader by annotation is no Endpoints but in name."""
    if ctx.kubernetes >= _DEPRECATED and endpoints.at("subsets") is not None:
        yield Issue(endpoints.at("kind") or endpoints.manifest.name_node, "deprecated", endpoints=endpoints.title)

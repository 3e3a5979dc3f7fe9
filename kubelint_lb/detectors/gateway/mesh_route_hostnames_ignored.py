"""A route of a mesh is for its Service, whatever its hostnames say."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, detector


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """GEP-1294 "Route types": hostnames say nothing where all parents are Services."""
    if route.mesh_only and route.hostnames and not route.manifest.patched:
        hostnames = ", ".join(node.text for node in route.hostnames)
        place = route.key_at("spec", "hostnames") or route.hostnames[0]
        yield Issue(place, "ignored", route=route.title, hostnames=hostnames).related(
            route.parents[0].reference.node, "its parent is a Service"
        )

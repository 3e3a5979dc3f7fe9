"""PreferClose has another name."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, Version, detector, replace_node, text

_RENAMED = Version(1, 34)


@detector
def check(service: Service, ctx: Context) -> Issues:
    """KEP-3015."""
    node = service.at("spec", "trafficDistribution")
    if node is not None and text(node) == "PreferClose" and ctx.kubernetes >= _RENAMED:
        yield Issue(node, "prefer-close", service=service.title).fix("write its new name", replace_node(node, "PreferSameZone"))

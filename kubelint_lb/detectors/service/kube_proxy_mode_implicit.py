"""A mode that nobody writes changes with a release."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Version, View, detector, is_replaced, written_mode

_WARNS = Version(1, 37)


@detector
def check(config: View, ctx: Context) -> Issues:
    """KEP-5343."""
    if written_mode(config) is None and ctx.kubernetes >= _WARNS and config.settled and not is_replaced(ctx.unit):
        yield Issue(config.at("kind") or config.manifest.name_node, "implicit")

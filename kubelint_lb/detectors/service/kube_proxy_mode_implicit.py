"""A mode that nobody writes changes with a release."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Version,
    View,
    detector,
    is_replaced,
    next_lines,
    put_in,
    written_mode,
)

_WARNS = Version(1, 37)


@detector
def check(config: View, ctx: Context) -> Issues:
    """KEP-5343."""
    if written_mode(config) is None and ctx.kubernetes >= _WARNS and config.settled and not is_replaced(ctx.unit):
        issue = Issue(config.at("kind") or config.manifest.name_node, "implicit")
        yield issue.fix("say iptables", put_in(next_lines(config.node, "kind", ("mode: iptables",))))

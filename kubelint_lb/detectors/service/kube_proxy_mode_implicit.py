"""A mode that nobody writes changes with a release."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    TextEdit,
    Version,
    View,
    detector,
    first_line,
    is_replaced,
    written_mode,
)

_WARNS = Version(1, 37)


@detector
def check(config: View, ctx: Context) -> Issues:
    """KEP-5343."""
    if written_mode(config) is None and ctx.kubernetes >= _WARNS and config.settled and not is_replaced(ctx.unit):
        line = first_line(config.node, "mode: iptables")
        issue = Issue(config.at("kind") or config.manifest.name_node, "implicit")
        yield issue.fix("say iptables", TextEdit(line.place, line.text) if line is not None else None)

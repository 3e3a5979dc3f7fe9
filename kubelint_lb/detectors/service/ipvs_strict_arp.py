"""Where a node answers for addresses, the others must not."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    TextEdit,
    View,
    boolean,
    detector,
    is_replaced,
    next_lines,
    put_in,
    with_entry,
    written_mode,
)

_ADVERTISEMENT = ("metallb.io", "L2Advertisement")


@detector
def check(config: View, ctx: Context) -> Issues:
    """MetalLB docs "Installation", Preparation: since v1.14.2 of Kubernetes."""
    mode = written_mode(config)
    if mode is None or mode.text != "ipvs" or boolean(config.at("ipvs", "strictARP")) is True or is_replaced(ctx.unit):
        return
    named = next((one.name for one in ctx.unit.manifests if one.identity == _ADVERTISEMENT), None)
    named = named or next((one.name for one in ctx.unit.stubs if one.identity == _ADVERTISEMENT), None)
    if named is not None and config.lacks("ipvs", "strictARP") is not None:
        yield Issue(mode, "not-strict", advertisement=f"L2Advertisement {named}").fix("make ARP strict", _strict(config))


def _strict(config: View) -> TextEdit | None:
    section = config.at("ipvs")
    if section is None:
        return put_in(next_lines(config.node, "mode", ("ipvs:", "  strictARP: true")))
    return with_entry(section, "strictARP", "true")

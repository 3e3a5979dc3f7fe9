"""IPVS mode is on its way out (KEP-5495)."""

from kubelint_lb.detectors.api import (
    IPVS,
    NFTABLES,
    Context,
    Issue,
    Issues,
    Version,
    View,
    detector,
    is_replaced,
    replace_node,
    written_mode,
)

_DEPRECATED, _REFUSED = Version(1, 35), Version(1, 40)


@detector
def check(config: View, ctx: Context) -> Issues:
    """How bad it is depends on the version; where nobody said which, it is news and no more."""
    node = written_mode(config)
    if node is None or node.text != IPVS or is_replaced(ctx.unit):
        return
    if not ctx.kubernetes_set:
        yield Issue(node, "deprecated-later")
    elif ctx.kubernetes >= _REFUSED:
        yield Issue(node, "refused", version=ctx.kubernetes).fix("write nftables", replace_node(node, NFTABLES))
    elif ctx.kubernetes >= _DEPRECATED:
        yield Issue(node, "deprecated", version=ctx.kubernetes).fix("write nftables", replace_node(node, NFTABLES))

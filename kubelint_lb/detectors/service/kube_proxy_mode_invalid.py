"""kube-proxy ends with an error where it does not know its mode."""

from kubelint_lb.detectors.api import (
    MODES,
    Context,
    Issue,
    Issues,
    View,
    detector,
    has_placeholder,
    is_replaced,
    nearest,
    written_mode,
)

_REMOVED = "userspace"


@detector
def check(config: View, ctx: Context) -> Issues:
    """There is no fallback to another mode (kubernetes kube-proxy `config/v1alpha1/types.go`, ProxyMode)."""
    node = written_mode(config)
    if node is None or node.text in MODES or has_placeholder(node.text) or is_replaced(ctx.unit):
        return
    if node.text == _REMOVED:
        yield Issue(node, "removed", mode=node.text)
        return
    near = nearest(node.text.lower(), MODES) or next((mode for mode in MODES if mode == node.text.lower()), None)
    if near is not None:
        yield Issue(node, "near", mode=node.text, near=near)
    else:
        yield Issue(node, "unknown", mode=node.text)

"""Every value has to be one that its field takes."""

from kubelint_lb.detectors.api import Context, Issues, Node, Reason, Scalar, Sequence, View, detector, refusal, refused

# A longer text says no more.
_LONGEST = 40


@detector
def check(view: View, ctx: Context) -> Issues:
    """Strict decoding and validation (kubernetes apiserver, `pkg/apis/*/validation`; CRDs of the Gateway API)."""
    for one in refused(view, ctx, Reason.COUNT):
        yield refusal(one, "count", object=view.title, field=one.path or "the object", wanted=one.words)
    for one in refused(view, ctx, Reason.VALUE):
        words = {"object": view.title, "field": one.path, "wanted": one.words, "value": _shown(one.node)}
        yield refusal(one, "near", near=one.near, **words) if one.near else refusal(one, "value", **words)


def _shown(node: Node) -> str:
    """What is there, in a few words."""
    if isinstance(node, Scalar):
        text = node.text if len(node.text) <= _LONGEST else f"{node.text[:_LONGEST]}…"
        return text or '""'
    return f"{len(node.items)} items" if isinstance(node, Sequence) else "this map"

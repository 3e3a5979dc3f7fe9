"""Every value has to be of the type that its field has."""

from kubelint_lb.detectors.api import Context, Issues, Node, Reason, Scalar, Sequence, View, detector, refusal, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """Strict decoding and validation (kubernetes apiserver, `pkg/apis/*/validation`; CRDs of the Gateway API)."""
    for one in refused(view, ctx, Reason.TYPE):
        yield refusal(one, "type", object=view.title, field=one.path, wanted=one.words, found=_found(one.node))


def _found(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.source if node.plain else f'"{node.text}"'
    return "a list" if isinstance(node, Sequence) else "a map"

"""Names and keys have to be of the form that the API server asks for."""

from kubelint_lb.detectors.api import Context, Issues, Reason, Scalar, View, detector, refusal, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """Strict decoding and validation (kubernetes apiserver, `pkg/apis/*/validation`; CRDs of the Gateway API)."""
    for one in refused(view, ctx, Reason.NAME):
        value = one.node.text if isinstance(one.node, Scalar) else ""
        yield refusal(one, "name", object=view.title, field=one.path, value=value or "no text", wanted=one.words)

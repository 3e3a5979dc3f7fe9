"""Every field has to be one that the kind has."""

from kubelint_lb.detectors.api import Context, Issues, Reason, View, detector, refusal, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """Strict decoding and validation (kubernetes apiserver, `pkg/apis/*/validation`; CRDs of the Gateway API)."""
    for one in refused(view, ctx, Reason.UNKNOWN):
        words = {"object": view.title, "field": one.path}
        yield refusal(one, "near", near=one.near, **words) if one.near else refusal(one, "unknown", **words)

"""Fields have to go with each other."""

from kubelint_lb.detectors.api import Context, Issues, Reason, View, detector, refusal, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """Strict decoding and validation (kubernetes apiserver, `pkg/apis/*/validation`; CRDs of the Gateway API)."""
    for one in refused(view, ctx, Reason.CONFLICT):
        yield refusal(one, "conflict", object=view.title, field=one.path, wanted=one.words)

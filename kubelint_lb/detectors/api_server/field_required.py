"""Fields without a default have to be there."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Reason, View, detector, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """Strict decoding and validation (kubernetes apiserver, `pkg/apis/*/validation`; CRDs of the Gateway API)."""
    for one in refused(view, ctx, Reason.REQUIRED):
        yield Issue(one.node, "required", object=view.title, field=one.path)

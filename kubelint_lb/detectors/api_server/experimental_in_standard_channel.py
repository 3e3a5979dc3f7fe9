"""Fields of the Gateway API's experimental channel, in a cluster that has the standard one."""

from kubelint_lb.detectors.api import Context, Issues, Reason, View, detector, refusal, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """Strict decoding and validation (kubernetes apiserver, `pkg/apis/*/validation`; CRDs of the Gateway API)."""
    for one in refused(view, ctx, Reason.CHANNEL):
        yield refusal(one, "field", object=view.title, field=one.path)

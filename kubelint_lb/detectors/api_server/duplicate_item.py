"""Lists that are maps or sets have no item twice."""

from kubelint_lb.detectors.api import Context, Issues, Reason, View, detector, refusal, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """Strict decoding and validation (kubernetes apiserver, `pkg/apis/*/validation`; CRDs of the Gateway API)."""
    for one in refused(view, ctx, Reason.DUPLICATE):
        yield refusal(one, "item", object=view.title, field=one.path.rpartition("[")[0], item=one.words)

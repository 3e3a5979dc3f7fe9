"""Lists that are maps or sets have no item twice."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Reason, View, detector, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """Strict decoding and validation (kubernetes apiserver, `pkg/apis/*/validation`; CRDs of the Gateway API)."""
    for one in refused(view, ctx, Reason.DUPLICATE):
        yield Issue(one.node, "item", object=view.title, field=one.path.rpartition("[")[0], item=one.words)

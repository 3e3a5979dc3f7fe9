"""Fields that the cluster's version of Kubernetes does not have yet."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Reason, View, detector, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """Strict decoding and validation (kubernetes apiserver, `pkg/apis/*/validation`; CRDs of the Gateway API)."""
    for one in refused(view, ctx, Reason.VERSION):
        words = {"object": view.title, "field": one.path, "version": str(ctx.kubernetes)}
        yield Issue(one.node, "too-new", release=one.words, **words)

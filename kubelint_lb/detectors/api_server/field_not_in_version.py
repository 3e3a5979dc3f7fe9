"""Fields that the cluster's version of Kubernetes does not have yet."""

from kubelint_lb.detectors.api import Context, Issues, Reason, View, detector, refusal, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """Strict decoding and validation (kubernetes apiserver, `pkg/apis/*/validation`; CRDs of the Gateway API)."""
    for one in refused(view, ctx, Reason.VERSION):
        words = {"object": view.title, "field": one.path, "version": str(ctx.kubernetes)}
        yield refusal(one, "too-new", release=one.words, **words)

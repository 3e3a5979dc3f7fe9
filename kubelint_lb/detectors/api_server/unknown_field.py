"""Every field has to be one that the kind has."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Reason, View, detector, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """Strict decoding and validation (kubernetes apiserver, `pkg/apis/*/validation`; CRDs of the Gateway API)."""
    for one in refused(view, ctx, Reason.UNKNOWN):
        words = {"object": view.title, "field": one.path}
        yield Issue(one.node, "near", near=one.near, **words) if one.near else Issue(one.node, "unknown", **words)

"""Objects of the Gateway API have to keep the rules that its CRDs hold."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Reason, View, detector, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """Strict decoding and validation (kubernetes apiserver, `pkg/apis/*/validation`; CRDs of the Gateway API)."""
    for one in refused(view, ctx, Reason.RULE):
        yield Issue(one.node, "rule", object=view.title, field=one.path or "the object", rule=one.words)

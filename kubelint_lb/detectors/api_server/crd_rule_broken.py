"""Objects of the Gateway API have to keep the rules that its CRDs hold."""

from kubelint_lb.detectors.api import Context, Issues, Reason, View, detector, refusal, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """Strict decoding and validation (kubernetes apiserver, `pkg/apis/*/validation`; CRDs of the Gateway API)."""
    for one in refused(view, ctx, Reason.RULE):
        yield refusal(one, "rule", object=view.title, field=one.path or "the object", rule=one.words)

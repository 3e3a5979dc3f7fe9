"""What the API server takes, but warns of."""

from kubelint_lb.detectors.api import Context, Issues, Reason, View, detector, refusal, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """The warnings of an accepted request (kubernetes `pkg/api/service/warnings.go`, `pkg/api/pod/warnings.go`)."""
    for one in refused(view, ctx, Reason.WARNING):
        yield refusal(one, "warning", object=view.title, field=one.path, words=one.words)

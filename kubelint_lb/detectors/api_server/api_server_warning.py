"""What the API server takes, but warns of."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Reason, View, detector, refused


@detector
def check(view: View, ctx: Context) -> Issues:
    """The warnings of an accepted request (kubernetes `pkg/api/service/warnings.go`, `pkg/api/pod/warnings.go`)."""
    for one in refused(view, ctx, Reason.WARNING):
        yield Issue(one.node, "warning", object=view.title, field=one.path, words=one.words)

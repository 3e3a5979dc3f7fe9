"""A key that is written twice keeps one of its values, and the reader does not say which."""

from kubelint_lb.detectors.api import Context, Document, Issue, Issues, Scalar, detector, to_python


@detector
def check(document: Document, _ctx: Context) -> Issues:
    """Looks at a document with keys that occur twice."""
    for first, second, lost, kept in document.duplicates:
        name = second.text if isinstance(second, Scalar) else second.source
        if to_python(lost) == to_python(kept):
            yield Issue(second, "twice-equal", name=name).related(first, "first written here")
        else:
            yield Issue(second, "twice", name=name).related(first, "first written here: this value is lost")

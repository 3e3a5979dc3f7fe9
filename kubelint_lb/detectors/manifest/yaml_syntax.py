"""A document that no parser reads is no object: whatever it was meant to be, it is not applied."""

from kubelint_lb.detectors.api import Context, Document, Issue, Issues, detector


@detector
def check(document: Document, _ctx: Context) -> Issues:
    """Looks at a document with faults."""
    for fault in document.faults:
        yield Issue(fault, fault.key, problem=fault.words)

"""Of two classes that differ the field counts."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, View, Violation, taken_out


def mend(issue: Issue, _one: Violation, view: View, _ctx: Context) -> Issue:
    """The annotation goes: the field took its place."""
    return issue.fix("take the annotation out", taken_out(view, "metadata", "annotations", "kubernetes.io/ingress.class"))

"""Weights of AWS are whole numbers, and shares of their sum."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, actions_of, detector

_MOST = 999
_GROUPS = 5


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """AWS ELBv2 TargetGroupTuple; quotas of Application Load Balancers."""
    for name, node, action in actions_of(ingress, ctx):
        weights = [group.weight for group in action.groups if group.weight is not None]
        words = {"ingress": ingress.title, "name": name}
        wrong = next((one for one in weights if isinstance(one, bool) or not isinstance(one, int) or not 0 <= one <= _MOST), None)
        numbers = [one for one in weights if isinstance(one, int)]
        if wrong is not None:
            yield Issue(node, "range", weight=str(wrong), **words)
        elif weights and not any(weights):
            yield Issue(node, "all-zero", **words)
        elif len(action.groups) > _GROUPS:
            yield Issue(node, "too-many", count=len(action.groups), **words)
        elif len(numbers) > 1 and sum(numbers) in {99, 101}:
            yield Issue(node, "near-total", sum=sum(numbers), **words)

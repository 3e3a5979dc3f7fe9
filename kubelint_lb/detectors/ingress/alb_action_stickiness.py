"""A client of a weighted action stays in its target group only where the action says so."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, actions_of, attributes, detector

_ATTRIBUTES = "alb.ingress.kubernetes.io/target-group-attributes"
_WEEK = 604800


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/ingress/config_types.go` (TargetGroupStickinessConfig); AWS ELBv2 of the same name."""
    written = ingress.annotations.get(_ATTRIBUTES)
    sticky = written is not None and attributes(written).get("stickiness.enabled") == "true"
    for name, node, action in actions_of(ingress, ctx):
        words = {"ingress": ingress.title, "name": name}
        if action.stickiness is not None:
            seconds = action.stickiness.get("durationseconds")
            if seconds is None:
                yield Issue(node, "no-duration", **words)
            elif not isinstance(seconds, int) or not 1 <= seconds <= _WEEK:
                yield Issue(node, "duration", value=str(seconds), **words)
        elif sticky and len(action.groups) > 1:
            issue = Issue(node, "groups-not-sticky", **words)
            place = ingress.annotation(_ATTRIBUTES)
            yield issue.related(place, "sticky targets") if place is not None else issue

"""An action is JSON that the controller has to understand."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, actions_of, detector


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/ingress/config_types.go`."""
    for name, node, action in actions_of(ingress, ctx):
        if action.wrong:
            yield Issue(node, "invalid", ingress=ingress.title, name=name, why=action.wrong)

"""A client that is kept at a node is not kept at a pod."""

from __future__ import annotations

from kubelint_lb.detectors.api import ALB, Context, Ingress, Issue, Issues, attributes, detector

_ATTRIBUTES = "alb.ingress.kubernetes.io/target-group-attributes"


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """aws-load-balancer-controller docs "Ingress annotations", Target Group Attributes (stickiness needs ip targets)."""
    node = ingress.annotation(_ATTRIBUTES)
    if ctx.controller(ingress) != ALB or node is None or attributes(node.text).get("stickiness.enabled") != "true":
        return
    for backend in ingress.backends:
        services = ctx.services(backend.reference)
        found = ctx.alb_target_type(ingress, services[0]) if services else None
        kept_by_service = all(one.affinity != "None" for one in services)
        if found is not None and found.value == "instance" and found.node is not None and not kept_by_service:
            yield Issue(node, "instance", ingress=ingress.title).related(found.node, "targets are nodes")
            return

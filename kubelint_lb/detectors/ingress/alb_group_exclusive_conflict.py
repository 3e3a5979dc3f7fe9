"""A group has one load balancer."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    ALB,
    GROUP_NAME,
    Context,
    Ingress,
    IngressGroups,
    Issue,
    Issues,
    annotations_of,
    detector,
    is_open,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """aws-load-balancer-controller docs "Ingress annotations", MergeBehavior Exclusive; `merge` in
    `controllers/alb/annotations.json`."""
    if ctx.controller(ingress) != ALB or not ingress.settled:
        return
    group = ingress.annotations.get(GROUP_NAME, "")
    for name in ingress.annotations if group and not is_open(group) else ():
        row, node = annotations_of(ALB).find(name), ingress.annotation(name)
        if row is None or node is None or not row.exclusive or is_open(node.text):
            continue
        for theirs, other in ctx.of(IngressGroups).other_values(group, name, node.text):
            place = other.annotation(name)
            if place is None or not other.is_before(ingress) or not ctx.lands_with(ingress, other):
                continue
            words = {"name": name, "value": node.text, "other": other.title, "theirs": theirs}
            yield Issue(node, "differ", ingress=ingress.title, **words).related(place, "the other says this")
            return

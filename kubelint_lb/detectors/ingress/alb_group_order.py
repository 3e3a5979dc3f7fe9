"""Members of a group have an order."""

from __future__ import annotations

import re

from kubelint_lb.detectors.api import (
    ALB,
    GROUP_NAME,
    GROUP_ORDER,
    Context,
    Ingress,
    IngressGroups,
    Issue,
    Issues,
    detector,
    go_int,
    is_open,
)

_NAME = re.compile(r"([a-z0-9][-a-z0-9.]*)?[a-z0-9]")
_LIMIT = 1000
_LONGEST = 63


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/ingress/group_loader.go`."""
    if ctx.controller(ingress) != ALB:
        return
    name, order = ingress.annotation(GROUP_NAME), ingress.annotation(GROUP_ORDER)
    number = go_int(order.text) if order is not None else 0
    if order is not None and not is_open(order.text) and (number is None or abs(number) > _LIMIT):
        yield Issue(order, "order", ingress=ingress.title, value=order.text)
        return
    if name is None or is_open(name.text):
        return
    if name.text and (_NAME.fullmatch(name.text) is None or len(name.text) > _LONGEST):
        yield Issue(name, "name", ingress=ingress.title, value=name.text)
        return
    for host in sorted(ingress.hosts):
        other = ctx.of(IngressGroups).first_on(name.text, number, host)
        if other is None or other is ingress or not ctx.lands_with(ingress, other) or not (other.settled and ingress.settled):
            continue
        words = {"ingress": ingress.title, "other": other.title, "group": name.text, "host": host or "every host"}
        place = other.annotation(GROUP_ORDER) or other.manifest.name_node
        yield Issue(order or name, "tie", **words).related(place, "the other")
        return

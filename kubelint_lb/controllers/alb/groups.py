"""Groups of Ingresses that share one load balancer of AWS.

Source: aws-load-balancer-controller `pkg/ingress/group_loader.go`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kubelint_lb.controllers.annotations import annotations_of
from kubelint_lb.controllers.go import go_int
from kubelint_lb.controllers.which import ALB
from kubelint_lb.kube.ingress import Ingress
from kubelint_lb.source.placeholder import is_open
from kubelint_lb.traffic.objects import Objects

GROUP_NAME = "alb.ingress.kubernetes.io/group.name"
GROUP_ORDER = "alb.ingress.kubernetes.io/group.order"


class IngressGroups:
    """What the members of each group in a unit say, and who says it first."""

    def __init__(self, unit: Objects) -> None:
        self._said: dict[tuple[str, str], dict[str, Ingress]] = defaultdict(dict)
        self._hosts: dict[tuple[str, int | None, str], Ingress] = {}
        for ingress in unit.all("Ingress"):
            group = ingress.annotations.get(GROUP_NAME, "")
            if isinstance(ingress, Ingress) and group and not is_open(group):
                self._add(group, ingress)

    def _add(self, group: str, ingress: Ingress) -> None:
        for host in ingress.hosts:
            self._hosts.setdefault((group, order_of(ingress), host.lower()), ingress)
        for name, value in ingress.annotations.items():
            row = annotations_of(ALB).find(name)
            if row is not None and row.exclusive and not is_open(value):
                self._said[group, name].setdefault(value, ingress)

    def other_values(self, group: str, name: str, value: str) -> Iterator[tuple[str, Ingress]]:
        """What else members say of what there is one of, and the first that says it."""
        for other, ingress in self._said.get((group, name), {}).items():
            if other != value:
                yield other, ingress

    def first_on(self, group: str, order: int | None, host: str) -> Ingress | None:
        """The first member with an order that has a rule for a host."""
        return self._hosts.get((group, order, host.lower()))


def order_of(ingress: Ingress) -> int | None:
    """Its place in its group; None where it is no number."""
    return go_int(ingress.annotations.get(GROUP_ORDER, "0"))

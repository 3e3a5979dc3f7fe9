"""What stands in front of a Service: the Ingresses and routes that name it as a backend."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.references import Reference
from kubelint_lb.kube.refers import Role, ties_of
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.view import View
from kubelint_lb.traffic.objects import Objects


class Front(NamedTuple):
    """An Ingress or a route, and its reference to the Service."""

    view: View
    reference: Reference


class Fronts:
    """The references of a unit to Services, by name."""

    def __init__(self, unit: Objects) -> None:
        self._by_name: dict[str, list[Front]] = defaultdict(list)
        for view in unit.all("Ingress", "Route"):
            for role, reference in ties_of(view):
                if role is Role.BACKEND and reference.target == KINDS["Service"]:
                    self._by_name[reference.name].append(Front(view, reference))

    def of_service(self, service: Service) -> list[Front]:
        """Those that may mean a Service, in order of reading."""
        found = self._by_name.get(service.name, ())
        return [one for one in found if compatible(one.reference.namespace, service.namespace)]

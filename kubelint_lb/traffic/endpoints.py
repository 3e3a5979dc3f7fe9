"""The Endpoints and EndpointSlices that people write, by the Service that they are for."""

from __future__ import annotations

from collections import defaultdict

from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.view import View
from kubelint_lb.traffic.objects import Objects

SERVICE_NAME = "kubernetes.io/service-name"


class ServiceEndpoints:
    """Endpoints by their own name, EndpointSlices by their label (kubernetes `discovery/v1`)."""

    def __init__(self, unit: Objects) -> None:
        self._by_service: dict[str, list[View]] = defaultdict(list)
        for view in unit.everywhere("Endpoints", "EndpointSlice"):
            name = view.name if view.kind == "Endpoints" else view.labels.get(SERVICE_NAME, "")
            if name:
                self._by_service[name].append(view)

    def of_service(self, service: Service) -> list[View]:
        """Those that may be for a Service, of the unit first, then of the others of its cluster."""
        return [one for one in self._by_service.get(service.name, ()) if compatible(one.namespace, service.namespace)]

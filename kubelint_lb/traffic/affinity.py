"""Where `sessionAffinity: ClientIP` does something, and where it does not."""

from __future__ import annotations

from kubelint_lb.kube.service import Service
from kubelint_lb.traffic.backing import Counter, single_pod
from kubelint_lb.traffic.selection import Selection


def sticks(service: Service) -> bool:
    """The Service asks for ClientIP affinity (a fragment for server-side apply asks for nothing by itself)."""
    return service.affinity == "ClientIP" and not service.partial


def idle_affinity(service: Service, selection: Selection, count: Counter) -> str | None:
    """Why ClientIP affinity has no effect: `headless`, `external-name`, `single-pod`; None where it has."""
    if service.headless:
        return "headless"
    if service.external_name:
        return "external-name"
    return "single-pod" if single_pod(service, selection, count) is not None else None

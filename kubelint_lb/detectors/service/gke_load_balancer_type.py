"""GKE knows two words for a load balancer of the inside."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector

_NAMES = ("networking.gke.io/load-balancer-type", "cloud.google.com/load-balancer-type")
_TYPES = frozenset({"Internal", "internal", "External"})


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """ingress-gce `pkg/l4/annotations/gce_annotations.go`. Where both names are there the newer one is read."""
    node = next((found for found in map(service.annotation, _NAMES) if found is not None), None)
    if node is not None and service.type == "LoadBalancer" and not node.unknown and node.text not in _TYPES:
        yield Issue(node, "external", service=service.title, value=node.text)

"""GKE knows two words for a load balancer of the inside."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, nearest, replace_node

_NAMES = ("networking.gke.io/load-balancer-type", "cloud.google.com/load-balancer-type")
_TYPES = frozenset({"Internal", "internal", "External"})


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """ingress-gce `pkg/l4/annotations/gce_annotations.go`. Where both names are there the newer one is read."""
    node = next((found for found in map(service.annotation, _NAMES) if found is not None), None)
    if node is not None and service.type == "LoadBalancer" and not node.unknown and node.text not in _TYPES:
        issue = Issue(node, "external", service=service.title, value=node.text)
        word = node.text.capitalize()
        meant = word if word in _TYPES else nearest(word, ("Internal", "External"))
        yield issue.fix(f"write {meant}", replace_node(node, meant) if meant is not None else None)

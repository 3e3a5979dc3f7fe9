"""The class of an Ingress is a field."""

from __future__ import annotations

from kubelint_lb.detectors.api import GKE_CLASSES, Context, Ingress, Issue, Issues, detector, is_open

_ANNOTATION = "kubernetes.io/ingress.class"


@detector
def check(ingress: Ingress, _ctx: Context) -> Issues:
    """networking/v1 `types.go` (IngressSpec.IngressClassName); ingress-gce `pkg/utils/utils.go`. Solvers are written by
    cert-manager."""
    node = ingress.annotation(_ANNOTATION)
    if node is None or node.text in GKE_CLASSES or is_open(node.text) or not node.text:
        return
    if not ingress.is_solver and ingress.lacks("spec", "ingressClassName") is True:
        yield Issue(node, "annotation", ingress=ingress.title, name=node.text)

"""GKE reads the class from an annotation only."""

from __future__ import annotations

from kubelint_lb.detectors.api import GKE_CLASSES, Context, Ingress, Issue, Issues, detector, name_text

_ANNOTATION = "kubernetes.io/ingress.class"


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-gce `pkg/utils/utils.go` (IsGCEIngress)."""
    node = ingress.at("spec", "ingressClassName")
    name = name_text(node) or ""
    if node is None or name not in GKE_CLASSES or ingress.annotations.get(_ANNOTATION) in GKE_CLASSES or not ingress.settled:
        return
    if not any(one.name == name for one in ctx.unit.everywhere("IngressClass")):
        yield Issue(node, "field", ingress=ingress.title, name=name)

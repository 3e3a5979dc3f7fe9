"""GKE reads the class from an annotation only."""

from __future__ import annotations

from kubelint_lb.detectors.api import GKE_CLASSES, Context, Ingress, Issue, Issues, detector, in_metadata, name_text, taken_out

_ANNOTATION = "kubernetes.io/ingress.class"


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-gce `pkg/utils/utils.go` (IsGCEIngress)."""
    node = ingress.at("spec", "ingressClassName")
    name = name_text(node) or ""
    if node is None or name not in GKE_CLASSES or ingress.annotations.get(_ANNOTATION) in GKE_CLASSES or not ingress.settled:
        return
    if not any(one.name == name for one in ctx.unit.everywhere("IngressClass")):
        said = in_metadata(ingress, "annotations", _ANNOTATION, name)
        edits = (taken_out(ingress, "spec", "ingressClassName"), said)
        yield Issue(node, "field", ingress=ingress.title, name=name).fix("say the class in the annotation", *edits)

"""The class of an Ingress is a field."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    GKE_CLASSES,
    Context,
    Ingress,
    Issue,
    Issues,
    detector,
    first_line,
    is_open,
    put_in,
    taken_out,
)

_ANNOTATION = "kubernetes.io/ingress.class"


@detector
def check(ingress: Ingress, _ctx: Context) -> Issues:
    """networking/v1 `types.go` (IngressSpec.IngressClassName); ingress-gce `pkg/utils/utils.go`. Solvers are written by
    cert-manager."""
    node = ingress.annotation(_ANNOTATION)
    if node is None or node.text in GKE_CLASSES or is_open(node.text) or not node.text:
        return
    if not ingress.is_solver and ingress.lacks("spec", "ingressClassName") is True:
        issue = Issue(node, "annotation", ingress=ingress.title, name=node.text)
        field = first_line(ingress.spec, f"ingressClassName: {node.source}") if ingress.spec is not None else None
        edits = (taken_out(ingress, "metadata", "annotations", _ANNOTATION), put_in(field))
        yield issue.fix("write the class in the field ingressClassName", *edits)

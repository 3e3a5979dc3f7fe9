"""The class of an Ingress is a field."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    GKE_CLASSES,
    Context,
    Ingress,
    Issue,
    Issues,
    MappingNode,
    TextEdit,
    detector,
    first_line,
    is_open,
    lines_of_entry,
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
        edits = _move(ingress, node.source)
        yield issue.fix("write the class in the field ingressClassName", *edits) if edits else issue


def _move(ingress: Ingress, name: str) -> list[TextEdit]:
    """A line in the spec, and the annotation's line taken out; with it `annotations`, where nothing else is there."""
    metadata, annotations = ingress.at("metadata"), ingress.at("metadata", "annotations")
    if ingress.spec is None or not isinstance(metadata, MappingNode) or not isinstance(annotations, MappingNode):
        return []
    alone = len(annotations.entries) == 1
    gone = lines_of_entry(metadata, "annotations") if alone else lines_of_entry(annotations, _ANNOTATION)
    field = first_line(ingress.spec, f"ingressClassName: {name}")
    if gone is None or field is None:
        return []
    return [TextEdit(gone, ""), TextEdit(field.place, field.text)]

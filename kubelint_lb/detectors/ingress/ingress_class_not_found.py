"""A class has to be there."""

from __future__ import annotations

from kubelint_lb.detectors.api import KINDS, Context, Ingress, Issue, Issues, Reference, Scalar, TextEdit, detector, stands_for

# Served by name, without an object of the kind.
_BY_NAME = ("openshift-default", "contour", "gce", "gce-internal")


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/store/store.go` (GetIngressClass); Contour matches by the name alone."""
    node = ingress.at("spec", "ingressClassName")
    if not isinstance(node, Scalar) or not node.text or node.unknown:
        return
    name = node.text
    if name in _BY_NAME or any(stands_for(one, name) for one in ctx.words("external-classes")):
        return
    found = ctx.resolve(Reference(ingress.manifest, node, KINDS["IngressClass"], None, name))
    if found.missing and found.near is not None:
        issue = Issue(node, "near", ingress=ingress.title, name=name, near=found.near.name)
        yield issue.related(found.near.manifest.name_node, "a class with a similar name").fix(
            f"write {found.near.name}", TextEdit(node, found.near.name)
        )
    elif found.missing and ctx.complete and ctx.has("IngressClass"):
        yield Issue(node, "not-found", ingress=ingress.title, name=name)

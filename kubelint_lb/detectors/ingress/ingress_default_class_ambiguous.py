"""One class is the default."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, IngressClass, Issue, Issues, detector, go_bool, is_open, replace_node

_ANNOTATION = "ingressclass.kubernetes.io/is-default-class"


@detector
def check(ingress_class: IngressClass, ctx: Context) -> Issues:
    """kubernetes `plugin/pkg/admission/network/defaultingressclass/admission.go`; KEP-1453."""
    node = ingress_class.annotation(_ANNOTATION)
    if node is None or is_open(node.text):
        return
    if node.text not in {"true", "false", ""}:
        issue = Issue(node, "value", object=ingress_class.title, value=node.text)
        means_it = go_bool(node.text) is True or node.text.lower() in {"yes", "on"}
        yield issue.fix("write true", replace_node(node, '"true"')) if means_it else issue
        return
    for other in ctx.peers(ingress_class, "IngressClass"):
        if isinstance(other, IngressClass) and ingress_class.is_default and other.is_default and other.is_before(ingress_class):
            issue = Issue(node, "several", object=ingress_class.title, other=other.title)
            yield issue.related(other.annotation(_ANNOTATION) or other.manifest.name_node, "another default")
            return

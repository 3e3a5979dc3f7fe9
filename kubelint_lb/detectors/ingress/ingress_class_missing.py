"""An Ingress without a class is served by whoever happens to take it, or by nobody."""

from kubelint_lb.detectors.api import (
    Context,
    Ingress,
    IngressClass,
    Issue,
    Issues,
    TextEdit,
    class_of,
    detector,
    first_line,
    has_gke_annotations,
    put_in,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """Looks at an Ingress whose class neither the field, the annotation, nor a default gives."""
    if not ingress.settled or ingress.is_solver:
        return
    # GKE serves what names no class at all, and its users rely on that.
    if class_of(ingress, ctx.unit, ctx.default_ingress_class) is not None or has_gke_annotations(ingress):
        return
    if any(isinstance(view, IngressClass) and view.is_default for view in ctx.all("IngressClass")):
        return
    known = ctx.complete or (ctx.whole and ctx.has("IngressClass"))
    issue = Issue(ingress.place("spec", "ingressClassName"), "no-default" if known else "no-class", ingress=ingress.title)
    yield issue.fix("name the only class", _only_class(ingress, ctx))


def _only_class(ingress: Ingress, ctx: Context) -> TextEdit | None:
    classes = {one.name for one in ctx.all("IngressClass")}
    if len(classes) != 1 or ingress.spec is None:
        return None
    return put_in(first_line(ingress.spec, f"ingressClassName: {classes.pop()}"))

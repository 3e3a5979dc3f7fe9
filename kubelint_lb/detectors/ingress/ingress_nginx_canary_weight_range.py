"""A canary weight below 0 gets no traffic, one above the total gets all of it."""

from kubelint_lb.detectors.api import Canary, Context, Ingress, Issue, Issues, detector, may_be_nginx


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """Looks at the weight of an Ingress with `canary: "true"`."""
    canary = Canary(ingress, ctx.word("nginx-annotation-prefix"))
    node, weight = canary.node("canary-weight"), canary.weight
    if node is None or weight is None or canary.enabled is not True or not may_be_nginx(ctx.controller(ingress), canary):
        return
    if canary.owned or ctx.knows_ingress(ingress.name, ingress.namespace):
        return
    if weight < 0:
        yield Issue(node, "negative", ingress=ingress.title, weight=weight)
    elif canary.total is not None and weight > canary.total:
        issue = Issue(node, "above-total", ingress=ingress.title, weight=weight, total=canary.total)
        total = canary.node("canary-weight-total")
        yield issue if total is None else issue.related(total, "the weight is a part of this")

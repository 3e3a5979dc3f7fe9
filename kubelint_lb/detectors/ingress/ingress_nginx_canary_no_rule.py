"""A canary of ingress-nginx needs a weight, a header or a cookie; without any, it waits for traffic that never comes."""

from kubelint_lb.detectors.api import Canary, Context, Ingress, Issue, Issues, detector, go_int, may_be_nginx


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """Looks at an Ingress with `canary: "true"`."""
    canary = Canary(ingress, ctx.word("nginx-annotation-prefix"))
    switch = canary.node("canary")
    if switch is None or canary.enabled is not True or not may_be_nginx(ctx.controller(ingress), canary):
        return
    if canary.has_request_rule or not ingress.settled:
        return
    # Argo Rollouts and Flagger park their canaries at weight 0 between two releases.
    if canary.owned or ctx.knows_ingress(ingress.name, ingress.namespace):
        return
    weight = canary.node("canary-weight")
    if weight is None or not canary.word("canary-weight"):
        yield Issue(switch, "no-rule", ingress=ingress.title)
    elif go_int(weight.text) == 0:
        yield Issue(weight, "parked", ingress=ingress.title)

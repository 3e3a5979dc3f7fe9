"""Canary settings without a true `canary` make a second primary, not a canary."""

from kubelint_lb.detectors.api import Canary, Context, Ingress, Issue, Issues, detector, go_bool, may_be_nginx, replace_node


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """Looks at an Ingress with a `canary-*` annotation that asks for traffic."""
    canary = Canary(ingress, ctx.word("nginx-annotation-prefix"))
    wish = canary.wish
    if wish is None or canary.enabled is not False or not ingress.settled:
        return
    if not may_be_nginx(ctx.controller(ingress), canary):
        return
    asking, switch = canary.node(wish), canary.node("canary")
    if asking is None:
        return
    words = {"ingress": ingress.title, "annotation": wish}
    if switch is None or not canary.word("canary"):
        yield Issue(asking, "absent", **words)
        return
    key = "disabled" if go_bool(canary.word("canary") or "") is False else "no-boolean"
    issue = Issue(switch, key, value=switch.source, **words).related(asking, "this asks for canary traffic")
    yield issue.fix("switch the canary on", replace_node(switch, '"true"'))

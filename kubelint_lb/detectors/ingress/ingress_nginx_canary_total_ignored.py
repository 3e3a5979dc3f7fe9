"""A total counts only above 100."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx, replace_node, taken_out


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `rootfs/etc/nginx/lua/balancer.lua` (route_to_alternative_balancer)."""
    annotations = nginx(ingress, ctx)
    node = annotations.node("canary-weight-total")
    if node is None or annotations.flag("canary") is not True:
        return
    total, weight = annotations.number("canary-weight-total"), annotations.number("canary-weight")
    if total is not None and 0 < total < 100 and weight is not None and 0 < weight <= total:
        meant = round(100 * weight / total)
        issue = Issue(node, "ignored", ingress=ingress.title, weight=weight, total=total, meant=meant)
        written = annotations.node("canary-weight")
        scaled = replace_node(written, f'"{meant}"') if written is not None else None
        name = f"{annotations.prefix}/canary-weight-total"
        yield issue.fix("write the weight of 100", scaled, taken_out(ingress, "metadata", "annotations", name))

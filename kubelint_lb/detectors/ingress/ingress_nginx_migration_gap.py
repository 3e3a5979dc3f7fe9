"""What takes the place of an annotation of ingress-nginx."""

from __future__ import annotations

from kubelint_lb.detectors.api import NGINX, Context, Ingress, Issue, Issues, NginxAnnotations, detector, successors


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """`controllers/nginx/gateway_api.json`. One finding an annotation."""
    if ctx.controller(ingress) != NGINX:
        return
    annotations = NginxAnnotations(ingress)
    for suffix in annotations.suffixes:
        node, found = annotations.node(suffix), successors().get(suffix)
        if node is None or found is None:
            continue
        words = {"ingress": ingress.title, "name": suffix}
        changes = f"; mind that {found.changes}" if found.changes else ""
        policies = "; ".join(f"{product}: {policy}" for product, policy in found.policies.items())
        if suffix == "rewrite-target" and "$" in node.text:
            yield Issue(node, "groups", value=node.text, **words)
        elif found.how:
            more = f"{changes}; policies: {policies}" if policies else changes
            yield Issue(node, "feature", how=found.how, since=found.since, channel=found.channel, changes=more, **words)
        elif policies:
            yield Issue(node, "policy", policies=policies, changes=changes, **words)
        else:
            yield Issue(node, "nothing", changes=changes, **words)
    place = ingress.key_at("spec", "defaultBackend")
    if place is not None:
        yield Issue(place, "default-backend", ingress=ingress.title)

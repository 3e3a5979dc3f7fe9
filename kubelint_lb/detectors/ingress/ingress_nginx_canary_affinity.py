"""A cookie comes before a canary."""

from __future__ import annotations

from kubelint_lb.detectors.api import Canary, Context, Ingress, Issue, Issues, detector, nginx, same_class, surely_same

_RULES = ("canary-by-header", "canary-by-cookie", "canary-weight")


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `rootfs/etc/nginx/lua/balancer.lua` (route_to_alternative_balancer, is_affinitized)."""
    annotations = nginx(ingress, ctx)
    if annotations.flag("canary") is not True or annotations.known("affinity-canary-behavior") == "legacy":
        return
    name = next((one for one in _RULES if annotations.known(one) not in {"", "0"}), "")
    node = annotations.node(name) if name else None
    for path in ingress.paths if node is not None else ():
        for other in ctx.ingresses_at(path):
            theirs = nginx(other, ctx)
            place = theirs.node("affinity")
            if node is None or place is None or theirs.known("affinity") != "cookie" or Canary(other).enabled:
                continue
            if same_class(ingress, other, ctx) and any(surely_same(one, path) for one in other.paths):
                words = {"primary": other.title, "name": name}
                yield Issue(node, "kept", ingress=ingress.title, **words).related(place, "clients are kept")
                return

"""ingress-nginx takes no total of canary weights below 100, and other routers take none."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, MappingNode, View, detector, integer, mappings, percent

_WHOLE = 100


@detector
def check(view: View, _ctx: Context) -> Issues:
    """argo-rollouts `pkg/apis/rollouts/validation/validation.go`; ingress-nginx `rootfs/etc/nginx/lua/balancer.lua`."""
    routing = view.at("spec", "strategy", "canary", "trafficRouting")
    node = routing.get("maxTrafficWeight") if routing is not None else None
    total = integer(node)
    if not isinstance(routing, MappingNode) or node is None or total is None or not view.settled:
        return
    weights = [integer(step.get("setWeight")) for step in mappings(view.at("spec", "strategy", "canary", "steps"))]
    if routing.get("nginx") is None and routing.get("plugins") is None:
        yield Issue(node, "unsupported", rollout=view.title)
    elif routing.get("nginx") is not None and 0 < total < _WHOLE:
        weight = next((one for one in weights if one), total)
        meant = percent(_WHOLE * weight / total)
        yield Issue(node, "below-100", rollout=view.title, total=total, weight=weight, meant=meant)

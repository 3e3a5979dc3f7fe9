"""Load balancers of AWS do not read a Service's affinity."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, name_text, sticks

_PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"
_CONTROLLERS = frozenset({"external", "nlb-ip"})


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """cloud-provider-aws `aws.go` EnsureLoadBalancer; aws-load-balancer-controller has no word for it."""
    if not sticks(service) or service.type != "LoadBalancer":
        return
    names = [name for name in service.annotations if name.startswith(_PREFIX)]
    if not names:
        return
    place = service.place("spec", "sessionAffinity")
    kind = service.annotations.get(f"{_PREFIX}type", "")
    has_class = bool(name_text(service.at("spec", "loadBalancerClass")))
    key = "ignored" if has_class or kind in _CONTROLLERS or f"{_PREFIX}nlb-target-type" in names else "classic"
    yield Issue(place, key, service=service.title).related(service.annotation(names[0]) or place, "a load balancer of AWS")

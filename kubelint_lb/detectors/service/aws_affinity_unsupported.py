"""Load balancers of AWS do not read a Service's affinity."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, name_text, sticks

_PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """cloud-provider-aws `aws.go` EnsureLoadBalancer; aws-load-balancer-controller has no word for it."""
    if not sticks(service) or service.type != "LoadBalancer":
        return
    names = [name for name in service.annotations if name.startswith(_PREFIX)]
    if not names:
        return
    place = service.place("spec", "sessionAffinity")
    # Without a word about the type the controller's webhook may have taken the Service.
    kind = service.annotations.get(f"{_PREFIX}type", "")
    key = "classic" if kind == "nlb" and not name_text(service.at("spec", "loadBalancerClass")) else "ignored"
    yield Issue(place, key, service=service.title).related(service.annotation(names[0]) or place, "a load balancer of AWS")

"""Azure reads few words for true."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector

_PREFIX = "service.beta.kubernetes.io/azure-"
_MINUTES = range(4, 101)


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """cloud-provider-azure `pkg/provider/azure_loadbalancer.go`, `azure_loadbalancer_accesscontrol.go`."""
    internal = service.annotation(f"{_PREFIX}load-balancer-internal")
    if internal is not None and not internal.unknown and internal.text not in {"true", "false"}:
        yield Issue(internal, "internal", service=service.title, value=internal.text)
    idle = service.annotation(f"{_PREFIX}load-balancer-tcp-idle-timeout")
    if idle is not None and not idle.unknown and not (idle.text.isdigit() and int(idle.text) in _MINUTES):
        yield Issue(idle, "idle-timeout", service=service.title, value=idle.text)
    ranges = service.annotation(f"{_PREFIX}allowed-ip-ranges")
    if ranges is not None and service.at("spec", "loadBalancerSourceRanges") is not None:
        issue = Issue(ranges, "ranges", service=service.title)
        yield issue.related(service.place("spec", "loadBalancerSourceRanges"), "the field")

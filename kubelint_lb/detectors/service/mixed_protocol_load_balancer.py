"""Not every provider has load balancers for several protocols."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector

# These share one address among protocols.
_SHARING = ("metallb.io/", "metallb.universe.tf/", "lbipam.cilium.io/", "io.cilium/", "kube-vip.io/")


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """kubernetes `core/v1` LoadBalancerPortsError, KEP-1435."""
    protocols = list(dict.fromkeys(one.protocol for one in service.ports))
    shares = any(name.startswith(_SHARING) for name in service.annotations)
    if service.type == "LoadBalancer" and len(protocols) > 1 and not shares:
        issue = Issue(service.place("spec", "type"), "mixed", service=service.title, protocols=" and ".join(protocols))
        other = next(one for one in service.ports if one.protocol == protocols[1])
        yield issue.related(other.at("protocol"), "another protocol")

"""A class of load balancers belongs to an implementation."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Scalar, Service, detector, is_near

_KNOWN = (
    "service.k8s.aws/nlb",
    "eks.amazonaws.com/nlb",
    "networking.gke.io/l4-regional-internal",
    "networking.gke.io/l4-regional-external",
    "networking.gke.io/l4-regional-internal-legacy",
    "networking.gke.io/l4-regional-external-legacy",
    "networking.gke.io/standalone-passthrough-lb-neg",
    "io.cilium/l2-announcer",
    "io.cilium/bgp-control-plane",
    "io.cilium/node",
    "tailscale",
    "metallb",
    "metallb.io/metallb",
    "kube-vip.io/kube-vip-class",
)


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """ServiceSpec.LoadBalancerClass (kubernetes `core/v1`): default implementations must leave it alone."""
    node = service.at("spec", "loadBalancerClass")
    if not isinstance(node, Scalar) or node.unknown or node.text in _KNOWN:
        return
    near = next((one for one in _KNOWN if is_near(node.text, one)), None)
    if near is not None:
        yield Issue(node, "near", service=service.title, near=near, **{"class": node.text})

"""A class of load balancers belongs to an implementation."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Scalar, Service, TextEdit, detector, is_near

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
def check(service: Service, ctx: Context) -> Issues:
    """ServiceSpec.LoadBalancerClass (kubernetes `core/v1`): default implementations must leave it alone."""
    node = service.at("spec", "loadBalancerClass")
    known = (*_KNOWN, *ctx.words("known-classes"))
    if not isinstance(node, Scalar) or node.unknown or node.text in known:
        return
    near = next((one for one in known if is_near(node.text, one)), None)
    words = {"service": service.title, "class": node.text}
    if near is None:
        yield Issue(node, "unknown", **words)
    else:
        yield Issue(node, "near", near=near, **words).fix("name the class that is known", TextEdit(node, near))

"""AWS speaks gRPC behind HTTPS only."""

from __future__ import annotations

from kubelint_lb.detectors.api import ALB, GROUP_NAME, Context, Ingress, Issue, Issues, detector, has_placeholder

_PREFIX = "alb.ingress.kubernetes.io"


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """AWS "Target groups for your Application Load Balancers", Protocol version. Another member of a group may
    have the listener."""
    node = ingress.annotation(f"{_PREFIX}/backend-protocol-version")
    ports, certificate = (ingress.annotation(f"{_PREFIX}/{name}") for name in ("listen-ports", "certificate-arn"))
    if ctx.controller(ingress) != ALB or node is None or node.text != "GRPC" or GROUP_NAME in ingress.annotations:
        return
    plain = ports is not None and "HTTPS" not in ports.text.upper() and not has_placeholder(ports.text)
    if ports is not None and plain and certificate is None and not ingress.tls:
        yield Issue(node, "plain", ingress=ingress.title).related(ports, "where it listens")

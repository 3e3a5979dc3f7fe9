"""gRPC needs HTTP/2, and that needs TLS here."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, has_tls, is_open, nginx


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx docs "gRPC". Another Ingress of the host may have its TLS."""
    annotations = nginx(ingress, ctx)
    node = annotations.node("backend-protocol")
    if node is None or annotations.known("backend-protocol").upper() not in {"GRPC", "GRPCS"}:
        return
    for host, place in ingress.host_nodes.items():
        if not is_open(host) and not has_tls(host, ingress, ctx) and all(one.settled for one in ctx.ingresses_on(host)):
            yield Issue(node, "plain", ingress=ingress.title, host=host).related(place, "the host")
            return

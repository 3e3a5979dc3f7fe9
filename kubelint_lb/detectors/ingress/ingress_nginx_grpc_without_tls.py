"""gRPC needs HTTP/2, and that needs TLS here."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, is_open, nginx


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx docs "gRPC". Another Ingress of the host may have its TLS."""
    annotations = nginx(ingress, ctx)
    node = annotations.node("backend-protocol") if annotations is not None else None
    if annotations is None or node is None or annotations.known("backend-protocol").upper() not in {"GRPC", "GRPCS"}:
        return
    for host, place in ingress.host_nodes.items():
        around = [ingress, *ctx.ingresses_on(host)]
        covered = any(entry.covers(host) for one in around for entry in one.tls)
        if not is_open(host) and not covered and all(one.settled for one in around):
            yield Issue(node, "plain", ingress=ingress.title, host=host).related(place, "the host")
            return

"""Controllers look for TCP behind a backend."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (getEndpointsFromSlices with ProtocolTCP)."""
    if not ingress.settled:
        return
    for route, backend in ingress.routes:
        services = ctx.services(backend.reference)
        ports = [backend.ports_of(service) for service in services]
        if not services or not all(found and all(port.protocol in {"UDP", "SCTP"} for port in found) for found in ports):
            continue
        port, words = ports[0][0], {"route": route, "ingress": ingress.title, "service": services[0].title}
        issue = Issue(backend.port_node, "protocol", port=backend.port_text, protocol=port.protocol, **words)
        yield issue.related(port.at("protocol"), "its protocol")

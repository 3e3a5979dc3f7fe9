"""External IPs are on their way out, and nobody keeps them apart."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, items, name_text


@detector
def check(service: Service, ctx: Context) -> Issues:
    """KEP-5707; CVE-2020-8554. Reported at the Service that is read second."""
    nodes = items(service.at("spec", "externalIPs"))
    if not nodes:
        return
    yield Issue(nodes[0], "deprecated", service=service.title)
    for other in ctx.peers(service, "Service"):
        if not isinstance(other, Service) or not _is_before(other, service):
            continue
        for node in nodes:
            address = name_text(node) or ""
            ports = [one for one in service.ports for two in other.ports if (one.port, one.protocol) == (two.port, two.protocol)]
            if address in other.external_ips and ports:
                words = {"other": other.title, "address": address, "port": str(ports[0].port)}
                issue = Issue(node, "two", service=service.title, **words)
                yield issue.related(other.place("spec", "externalIPs"), "the same address")
                return


def _is_before(one: Service, service: Service) -> bool:
    return (one.manifest.path, one.node.span) < (service.manifest.path, service.node.span)

"""External IPs are on their way out, and nobody keeps them apart."""

from __future__ import annotations

from collections import defaultdict

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, items, name_text


@detector
def check(service: Service, ctx: Context) -> Issues:
    """KEP-5707; CVE-2020-8554. Reported at the Service that is read second."""
    nodes = items(service.at("spec", "externalIPs"))
    if not nodes:
        return
    yield Issue(nodes[0], "deprecated", service=service.title)
    by_address = ctx.once("external IPs", lambda: _by_address(ctx))
    for node in nodes:
        address = name_text(node) or ""
        for other in by_address[address]:
            if not other.is_before(service) or not ctx.lands_with(service, other):
                continue
            ports = [one for one in service.ports for two in other.ports if (one.port, one.protocol) == (two.port, two.protocol)]
            if ports:
                words = {"other": other.title, "address": address, "port": str(ports[0].port)}
                issue = Issue(node, "two", service=service.title, **words)
                yield issue.related(other.place("spec", "externalIPs"), "the same address")
                return


def _by_address(ctx: Context) -> dict[str, list[Service]]:
    found: dict[str, list[Service]] = defaultdict(list)
    for one in ctx.all("Service"):
        if isinstance(one, Service):
            for address in one.external_ips:
                found[address].append(one)
    return found

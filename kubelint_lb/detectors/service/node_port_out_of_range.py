"""Node ports are of the range that the cluster gives out."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, claims_of, detector, without_node_port

_PORTS = 65535


@detector
def check(service: Service, ctx: Context) -> Issues:
    """The allocator's range (kubernetes `pkg/registry/core/service/portallocator`, `--service-node-port-range`)."""
    lowest, highest = ctx.number("lowest"), ctx.number("highest")
    for claim in claims_of(service):
        if 0 < claim.number <= _PORTS and not lowest <= claim.number <= highest:
            words = {"port": claim.number, "lowest": lowest, "highest": highest}
            issue = Issue(claim.node, "outside", service=service.title, **words)
            yield issue.fix("leave the number to the cluster", without_node_port(claim))

"""Source ranges are for the load balancer's address."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, items, with_entry


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """KEP-3866, Non-Goals: no filtering of node ports."""
    ranges = items(service.at("spec", "loadBalancerSourceRanges"))
    if ranges and service.type == "LoadBalancer" and service.allocates_node_ports:
        issue = Issue(ranges[0], "node-ports", service=service.title)
        yield issue.fix("allocate no node ports", with_entry(service.spec, "allocateLoadBalancerNodePorts", "false"))

"""Edits of a Service's ports: a name for one, and a node port left to the cluster."""

from __future__ import annotations

from kubelint_lb.detectors.forms.taken_out import taken_out
from kubelint_lb.detectors.issue import TextEdit, cut, put_in
from kubelint_lb.kube.service import Service, ServicePort
from kubelint_lb.source.stretch import lines_of_entry, next_lines
from kubelint_lb.traffic.node_ports import NodePortClaim


def without_node_port(claim: NodePortClaim) -> TextEdit | None:
    """Takes the number that a Service asks for out of it; None where it shares a line with something else."""
    if claim.health:
        return taken_out(claim.service, "spec", "healthCheckNodePort")
    ports = (port.node for port in claim.service.ports if port.node.get("nodePort") is claim.node)
    return next((cut(lines_of_entry(port, "nodePort")) for port in ports), None)


def named_port(service: Service, port: ServicePort, name: str) -> TextEdit | None:
    """Gives a port a name, if no other port of the Service has it."""
    if any(other.name == name for other in service.ports):
        return None
    return put_in(next_lines(port.node, "port", (f"name: {name}",)))

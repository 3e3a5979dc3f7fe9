"""Listeners on AWS are for ports that a Service has."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector

_PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"
_PROTOCOLS = frozenset({"tcp", "http", "https", "ssl"})


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/service/model_build_listener.go` ("Unused port in ssl-ports")."""
    if service.type != "LoadBalancer" or not service.settled or any(one.open for one in service.ports):
        return
    node = service.annotation(f"{_PREFIX}ssl-ports")
    known = {str(one.port) for one in service.ports} | {one.name for one in service.ports}
    for port in node.text.split(",") if node is not None and not node.unknown else ():
        if node is not None and port.strip() not in known and port.strip() not in {"*", ""}:
            ports = ", ".join(str(one.port) for one in service.ports)
            issue = Issue(node, "ssl-port", service=service.title, port=port.strip(), ports=ports)
            yield issue.related(service.place("spec", "ports"), "its ports")
            break
    protocol = service.annotation(f"{_PREFIX}healthcheck-protocol")
    if protocol is not None and not protocol.unknown and protocol.text.lower() not in _PROTOCOLS:
        yield Issue(protocol, "health-protocol", service=service.title, value=protocol.text)

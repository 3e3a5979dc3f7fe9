"""Listeners on AWS are for ports that a Service has, and speak what the load balancer speaks."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Scalar, Service, detector, is_nlb_of_controller

_PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"
_HEALTH_PROTOCOLS = frozenset({"tcp", "http", "https", "ssl"})
_ALPN = ("HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None")


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/service/model_build_listener.go` ("Unused port in ssl-ports"),
    `model_build_target_group.go`."""
    if service.type != "LoadBalancer" or not service.settled or any(one.open for one in service.ports):
        return
    yield from _tls_ports(service)
    protocol = _said(service, "healthcheck-protocol")
    if protocol is not None and protocol.text.lower() not in _HEALTH_PROTOCOLS:
        yield Issue(protocol, "health-protocol", service=service.title, value=protocol.text)
    if is_nlb_of_controller(service):
        yield from _of_network_load_balancer(service)


def _said(service: Service, suffix: str) -> Scalar | None:
    node = service.annotation(f"{_PREFIX}{suffix}")
    return node if node is not None and not node.unknown else None


def _tls_ports(service: Service) -> Issues:
    node = _said(service, "ssl-ports")
    for port in node.text.split(",") if node is not None else ():
        if node is not None and port.strip() not in _ports(service) and port.strip() not in {"*", ""}:
            issue = Issue(node, "ssl-port", service=service.title, port=port.strip(), ports=_numbers(service))
            yield issue.related(service.place("spec", "ports"), "its ports")
            return


def _of_network_load_balancer(service: Service) -> Issues:
    certificate = _said(service, "ssl-cert")
    plain = next((one for one in service.ports if one.port == 80 and one.protocol == "TCP"), None)
    if certificate is not None and plain is not None and service.lacks("metadata", "annotations", f"{_PREFIX}ssl-ports"):
        yield Issue(certificate, "tls-everywhere", service=service.title, port=80).related(
            plain.at("port"), "plain HTTP, by its number"
        )
    protocol = _said(service, "backend-protocol")
    if protocol is not None and protocol.text.lower() in {"http", "https"}:
        yield Issue(protocol, "backend-protocol", service=service.title, value=protocol.text)
    port = _said(service, "healthcheck-port")
    if port is not None and not port.text.isdecimal() and port.text not in {"traffic-port", *_ports(service)}:
        issue = Issue(port, "health-port", service=service.title, value=port.text, ports=_numbers(service))
        yield issue.related(service.place("spec", "ports"), "its ports")
    policy = _said(service, "alpn-policy")
    if policy is not None and policy.text not in _ALPN:
        yield Issue(policy, "alpn-policy", service=service.title, value=policy.text, known=", ".join(_ALPN))


def _ports(service: Service) -> set[str]:
    return {str(one.port) for one in service.ports} | {one.name for one in service.ports}


def _numbers(service: Service) -> str:
    return ", ".join(str(one.port) for one in service.ports)

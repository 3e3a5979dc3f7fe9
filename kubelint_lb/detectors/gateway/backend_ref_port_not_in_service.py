"""A backend's port is a port of its Service, never the port that the pods listen on."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    BackendRef,
    Context,
    Issue,
    Issues,
    Route,
    RouteRule,
    Service,
    ServicePort,
    detector,
    items,
    renamed,
)


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Points at a port number that the Service found does not have for the route's protocol."""
    protocol = "UDP" if route.kind == "UDPRoute" else "TCP"
    for rule in route.rules:
        for backend in rule.all_refs:
            if not backend.is_service or backend.port is None:
                continue
            services = [one for one in ctx.resolve(backend.reference).targets if isinstance(one, Service)]
            if services and all(_lacks(service, backend.port, protocol) for service in services):
                yield _issue(rule, backend, services[0], protocol, ctx)


def _lacks(service: Service, number: int, protocol: str) -> bool:
    """Surely without the port: all of its ports are seen, and are numbers."""
    if service.external_name or not service.settled or not service.ports:
        return False
    if len(service.ports) != len(items(service.at("spec", "ports"))) or any(port.port is None for port in service.ports):
        return False
    return not any(port.port == number and port.protocol == protocol for port in service.ports)


def _issue(rule: RouteRule, backend: BackendRef, service: Service, protocol: str, ctx: Context) -> Issue:
    node = backend.port_node or backend.name_node
    words = {"service": service.title, "port": str(backend.port or ""), "rule": rule.title, "protocol": protocol}
    same_number = next(iter(service.ports_numbered(backend.port or 0)), None)
    if same_number is not None:
        issue = Issue(node, "protocol", **words, other=same_number.protocol)
        return issue.related(same_number.at("protocol"), f"this port is {same_number.protocol}")
    meant = next((port for port in service.ports if backend.port in _target_numbers(port, service, ctx)), None)
    if meant is not None:
        issue = Issue(node, "target-port", **words, meant=meant.port or 0)
        issue = issue.related(meant.at("port"), f"the Service's own port is {meant.port}")
        issue = issue.related(meant.at("targetPort"), f"port {meant.port} leads to {backend.port} on the pods")
        return issue.fix(f"write {meant.port}", renamed(node, str(backend.port), str(meant.port)))
    ports = ", ".join(str(port.port) for port in service.ports)
    issue = Issue(node, "no-such-port", **words, ports=ports).related(service.ports[0].at("port"), "a port it has")
    only = len(service.ports) == 1
    return issue.fix(f"write {ports}", renamed(node, str(backend.port), ports)) if only else issue


def _target_numbers(port: ServicePort, service: Service, ctx: Context) -> set[int]:
    """The numbers on the pods that a Service port leads to."""
    if isinstance(port.target, int):
        return {port.target}
    return {
        declared.number
        for workload in ctx.select(service).workloads
        if workload.template is not None
        for declared in workload.template.ports
        if declared.name == port.target and declared.number is not None
    }

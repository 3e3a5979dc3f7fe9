"""The ports of a Service: present, numbered, named apart, and no two alike."""

from collections.abc import Hashable, Iterable

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Node,
    Scalar,
    Sequence,
    Service,
    ServicePort,
    detector,
    is_dns_label,
    is_filled_in,
    is_open,
    name_text,
    named_port,
    present,
    replace_node,
    text,
)

_PROTOCOLS = frozenset({"TCP", "UDP", "SCTP"})
_PORTS = 65535


@detector
def check(service: Service, ctx: Context) -> Issues:
    """What ValidateService and validateServicePort refuse (kubernetes `pkg/apis/core/validation`)."""
    del ctx
    if service.partial or (service.spec is None and not service.settled):
        return
    if _has_no_ports(service):
        yield Issue(_ports_place(service), "no-ports", service=service.title)
        return
    for port in service.ports:
        yield from (*_number(service, port), *_protocol(service, port), *_name(service, port))
    yield from _repeated(service, "duplicate-name", "name", ((port, port.name) for port in service.ports if port.name))
    yield from _repeated(
        service, "duplicate-port", "port", ((port, (port.protocol, port.port)) for port in service.ports if port.port)
    )
    yield from _repeated(
        service,
        "duplicate-node-port",
        "nodePort",
        ((port, (port.protocol, port.node_port)) for port in service.ports if port.node_port),
    )
    yield from _shared_node_port(service)


def _shared_node_port(service: Service) -> Issues:
    """The allocator gives one node port to ports of two protocols only where their number is the same (as DNS has it)."""
    first: dict[int, ServicePort] = {}
    for port in service.ports:
        earlier = first.setdefault(port.node_port, port) if port.node_port and port.port else port
        if earlier.port != port.port and earlier.protocol != port.protocol:
            numbers = {"value": port.node_port or 0, "port": port.port or 0, "other": earlier.port or 0}
            issue = Issue(port.at("nodePort"), "node-port-of-two-ports", service=service.title, **numbers)
            yield issue.related(earlier.at("nodePort"), "the first one")


def _has_no_ports(service: Service) -> bool:
    if service.external_name or is_filled_in(service.type) or service.headless or text(service.at("spec", "clusterIP")) == "None":
        return False
    empty = isinstance(ports := service.at("spec", "ports"), Sequence) and not ports.items
    return bool(service.lacks("spec", "ports")) or (empty and service.settled)


def _ports_place(service: Service) -> Node:
    empty = service.spec.key("ports") if service.spec is not None else None
    return empty or service.node.key("spec") or service.manifest.name_node


def _number(service: Service, port: ServicePort) -> Issues:
    node = present(port.node.get("port"))
    if node is None:
        if service.settled:
            yield Issue(_place(port), "no-number", service=service.title)
        return
    if isinstance(node, Scalar) and is_open(node.text):
        return
    if port.port is None or not 1 <= port.port <= _PORTS:
        yield Issue(node, "number", service=service.title, port=node.source)


def _place(port: ServicePort) -> Node:
    """The number, else the first key of the entry."""
    return present(port.node.get("port")) or next(port.node.keys(), port.node)


def _protocol(service: Service, port: ServicePort) -> Issues:
    if port.protocol not in _PROTOCOLS and not is_filled_in(port.protocol):
        issue = Issue(port.at("protocol"), "protocol", service=service.title, protocol=port.protocol)
        known = port.protocol.upper() in _PROTOCOLS
        yield issue.fix("use capitals", replace_node(port.at("protocol"), port.protocol.upper())) if known else issue


def _name(service: Service, port: ServicePort) -> Issues:
    if not port.name:
        if len(service.ports) > 1 and service.settled:
            number = name_text(port.node.get("port"))
            which = "a port" if number is None else f"port {number}"
            issue = Issue(_place(port), "unnamed", service=service.title, port=which)
            yield issue.fix("name it by its number", named_port(service, port, f"port-{number}")) if number else issue
    elif not is_filled_in(port.name) and not is_dns_label(port.name):
        yield Issue(port.at("name"), "name", service=service.title, name=port.name)


def _repeated(service: Service, key: str, field: str, ports: Iterable[tuple[ServicePort, Hashable]]) -> Issues:
    """One issue for every port whose value an earlier one has."""
    first: dict[Hashable, ServicePort] = {}
    for port, value in ports:
        earlier = first.setdefault(value, port)
        if earlier is not port:
            node = port.at(field)
            yield Issue(node, key, service=service.title, value=name_text(node) or node.source, protocol=port.protocol).related(
                earlier.at(field), "the first one"
            )

"""A route carries some protocols, and a port speaks one."""

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
    TLSPolicies,
    detector,
    text,
)

# The kinds that carry each of Kubernetes' own words (GEP-1911).
_CARRYING = {
    "kubernetes.io/h2c": frozenset({"HTTPRoute", "GRPCRoute"}),
    "kubernetes.io/ws": frozenset({"HTTPRoute"}),
    "kubernetes.io/wss": frozenset({"HTTPRoute", "TLSRoute"}),
}
_OVER_TLS = "kubernetes.io/wss"


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Gateway API GEP-1911, the table of "Supported protocols"; other words belong to implementations."""
    for rule in route.rules:
        for backend in rule.backend_refs:
            if not backend.is_service or backend.port is None:
                continue
            services = [one for one in ctx.resolve(backend.reference).targets if isinstance(one, Service)]
            ports = [(one, port) for one in services for port in one.ports_numbered(backend.port)]
            keys = {_key(route, one, port, ctx) for one, port in ports}
            if len(services) == len(ports) and len(keys) == 1 and (key := keys.pop()):
                yield _issue(rule, backend, *ports[0], key)


def _key(route: Route, service: Service, port: ServicePort, ctx: Context) -> str:
    protocol = text(port.node.get("appProtocol"))
    if protocol is None:
        by_name = port.name == "grpc" or port.name.startswith("grpc-")
        is_web = "web" in port.name or "gateway" in port.name
        return "grpc" if route.kind == "HTTPRoute" and by_name and not is_web and service.settled else ""
    if protocol in _CARRYING and route.kind not in _CARRYING[protocol]:
        return "kind"
    without_tls = protocol == _OVER_TLS and route.kind == "HTTPRoute" and ctx.complete
    return "without-tls" if without_tls and not ctx.of(TLSPolicies).may_have(service) else ""


def _issue(rule: RouteRule, backend: BackendRef, service: Service, port: ServicePort, key: str) -> Issue:
    protocol = text(port.node.get("appProtocol")) or ""
    words = {"rule": rule.title, "traffic": rule.route.traffic, "kind": rule.route.kind, "name": port.name}
    words |= {"service": service.title, "port": str(backend.port), "protocol": protocol}
    issue = Issue(backend.port_node or backend.name_node, key, **words)
    return issue.related(port.at("appProtocol" if protocol else "name"), "the port of the Service")

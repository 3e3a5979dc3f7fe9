"""To a port that speaks TLS, a Gateway speaks TLS only where a policy says so."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    BackendRef,
    Context,
    Gateway,
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

_TLS = frozenset({"https", "HTTPS", "tls"})
_TLS_TARGETS = frozenset({443, 8443, 9443, 6443, "https"})
# Parts of the names of classes whose controllers take the protocol from the Service: Traefik from the name or the number of the
# port, Google's from appProtocol, Kong from an annotation, Amazon's from a policy of its own.
_READING_SERVICES = ("traefik", "gke", "kong", "amazon", "aws")


@detector
def check(route: Route, ctx: Context) -> Issues:
    """BackendTLSPolicy (gateway-api `apis/v1/backendtlspolicy_types.go`): without one, requests go out in plain text."""
    if not _has_plain_gateway(route, ctx):
        return
    for rule in route.rules:
        for backend in rule.backend_refs:
            if backend.is_service and backend.port is not None:
                yield from _backend(rule, backend, ctx)


def _has_plain_gateway(route: Route, ctx: Context) -> bool:
    """Its parents are Gateways that are here, of classes that want to be told."""
    targets = [ctx.resolve(parent.reference).targets for parent in route.parents]
    return bool(targets) and all(
        found and all(isinstance(one, Gateway) and not _reads_services(one) for one in found) for found in targets
    )


def _reads_services(gateway: Gateway) -> bool:
    return any(word in gateway.class_name.lower() for word in _READING_SERVICES)


def _backend(rule: RouteRule, backend: BackendRef, ctx: Context) -> Issues:
    services = [one for one in ctx.resolve(backend.reference).targets if isinstance(one, Service)]
    ports = [next(iter(one.ports_numbered(backend.port or 0)), None) for one in services]
    evidence = [_evidence(port) for port in ports if port is not None]
    if not services or len(evidence) != len(services) or not all(evidence) or _has_policy(services[0], ctx):
        return
    words = {"service": services[0].title, "port": str(backend.port), "evidence": evidence[0], "traffic": rule.route.traffic}
    issue = Issue(backend.port_node or backend.name_node, "plain", rule=rule.title, **words)
    if ports[0] is not None:
        yield issue.related(ports[0].at("appProtocol" if evidence[0] == "application protocol" else "name"), "speaks TLS")


def _evidence(port: ServicePort) -> str:
    """What says that the port speaks TLS; empty where nothing does, or another field speaks against it."""
    protocol = text(port.node.get("appProtocol"))
    if protocol is not None:
        return "application protocol" if protocol in _TLS else ""
    return "name" if port.name in _TLS and port.port == 443 and port.target in _TLS_TARGETS else ""


def _has_policy(service: Service, ctx: Context) -> bool:
    """Something tells the Gateway how to reach this Service: a policy for it, or one of Istio's rules."""
    hosts = ctx.once("hosts of Istio's rules", lambda: _hosts(ctx))
    return ctx.of(TLSPolicies).may_have(service) or service.name in hosts or "*" in hosts


def _hosts(ctx: Context) -> frozenset[str]:
    """The first labels of the hosts that have rules for how to reach them."""
    hosts = (text(rule.at("spec", "host")) or "" for rule in ctx.unit.everywhere("DestinationRule"))
    return frozenset(host.split(".")[0] for host in hosts)

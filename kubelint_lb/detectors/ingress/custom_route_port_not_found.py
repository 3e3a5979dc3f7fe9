"""The ports that IngressRoutes, HTTPProxies, VirtualServers and TransportServers name are their Services' own."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, CustomReference, Issue, Issues, Service, View, custom_references, detector


@detector
def check(view: View, ctx: Context) -> Issues:
    """The rows are in `kube/custom_routes.py`."""
    for one in custom_references(view, "Service"):
        services = ctx.services(one.reference) if one.port_text and one.port_node is not None else []
        if services and all(_lacks(service, one) for service in services):
            yield _issue(view, one, services[0])


def _lacks(service: Service, one: CustomReference) -> bool:
    return service.settled and not service.external_name and bool(service.ports) and not one.ports_of(service)


def _issue(view: View, one: CustomReference, service: Service) -> Issue:
    words = {"object": view.title, "port": one.port_text, "service": service.name, "ports": service.ports_text}
    meant = next((port for port in service.ports if str(port.target) == one.port_text), None)
    issue = Issue(one.port_node or one.node, "target-port" if meant else "no-such-port", **words)
    return issue.related((meant or service.ports[0]).at("port"), "a port it has")

"""A backend's port is one of the Service's own ports, by number or by name, never one of its pods' ports."""

from kubelint_lb.detectors.api import (
    NGINX,
    USE_ANNOTATION,
    Context,
    Ingress,
    IngressBackend,
    Issue,
    Issues,
    Scalar,
    Service,
    ServicePort,
    TextEdit,
    detector,
    go_bool,
    is_open,
    may_equal,
    renamed,
)

_SERVICE_UPSTREAM = "nginx.ingress.kubernetes.io/service-upstream"


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """Looks at each backend whose Service is found."""
    if not ingress.settled:
        return
    for route, backend in ingress.routes:
        if not backend.port_text or backend.port_name == USE_ANNOTATION or _is_unsettled(backend):
            continue
        services = [view for view in ctx.resolve(backend.reference).targets if isinstance(view, Service)]
        if not services or not all(_lacks_port(service, backend) for service in services):
            continue
        service = services[0]
        issue = Issue(
            backend.port_node,
            _key(services, backend, by_pod=_dials_pods(ingress, ctx)),
            ingress=ingress.title,
            route=route,
            service=service.name,
            port=backend.port_text,
            ports=service.ports_text,
        )
        issue = issue.fix("write the Service's only port", _only_port(services, backend))
        place = service.key_at("spec", "ports") or service.manifest.name_node
        yield issue.related(place, f"the Service has {service.ports_text}")


def _only_port(services: list[Service], backend: IngressBackend) -> TextEdit | None:
    """The port of a Service that has one, in the form that the backend uses: number or name."""
    ports = services[0].ports if len(services) == 1 else ()
    if len(ports) != 1 or not isinstance(backend.port_node, Scalar):
        return None
    meant = str(ports[0].port or "") if backend.port_number is not None else ports[0].name
    return renamed(backend.port_node, backend.port_text, meant) if meant else None


def _is_unsettled(backend: IngressBackend) -> bool:
    return isinstance(backend.port_node, Scalar) and is_open(backend.port_node.text)


def _lacks_port(service: Service, backend: IngressBackend) -> bool:
    if service.external_name or not service.settled:
        return False
    return not any(_is_port(port, backend) for port in service.ports)


def _is_port(port: ServicePort, backend: IngressBackend) -> bool:
    if backend.port_number is not None:
        # A port that is no number is another rule's business: it may turn out to be this one.
        return port.port is None or port.port == backend.port_number
    return may_equal(port.name, backend.port_name or "")


def _dials_pods(ingress: Ingress, ctx: Context) -> bool:
    """It may be ingress-nginx that serves the Ingress, and by way of endpoints, where a pod's port will do."""
    by_cluster_ip = go_bool(ingress.annotations.get(_SERVICE_UPSTREAM, "")) is True
    return ctx.controller(ingress) in {NGINX, None} and not by_cluster_ip


def _key(services: list[Service], backend: IngressBackend, *, by_pod: bool) -> str:
    if backend.port_name is not None and backend.port_name.isdecimal():
        by_number = all(any(str(port.port) == backend.port_name for port in one.ports) for one in services)
        if by_number:
            return "number-as-name"
    targets_it = all(any(str(port.target) == backend.port_text for port in one.ports) for one in services)
    if not targets_it:
        return "not-found"
    # ingress-nginx compares the text with port, targetPort and name (controller.go, serviceEndpoints).
    return "target-port-nginx" if by_pod else "target-port"
